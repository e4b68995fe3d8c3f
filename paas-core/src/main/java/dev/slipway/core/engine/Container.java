package dev.slipway.core.engine;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A container as the engine sees it now.
 *
 * @param id 64 hexadecimal characters
 * @param name without the leading slash
 * @param image the reference it was made from
 * @param imageId {@code sha256:...}
 * @param status {@code created}, {@code running}, {@code paused}, {@code restarting}, {@code
 *     removing}, {@code exited} or {@code dead}
 * @param exitCode of the last run; 0 while it runs
 * @param restarts how often the restart policy started it again
 * @param startedAt of the last start; absent if it never ran
 * @param oomKilled whether the kernel ended the last run for memory
 * @param labels as stored
 * @param addresses IPv4 address by network name, for running containers
 */
public record Container(
    String id,
    String name,
    String image,
    String imageId,
    String status,
    int exitCode,
    int restarts,
    Optional<Instant> startedAt,
    boolean oomKilled,
    Map<String, String> labels,
    Map<String, String> addresses) {
  public Container {
    labels = Map.copyOf(labels);
    addresses = Map.copyOf(addresses);
  }

  public boolean isRunning() {
    return "running".equals(status);
  }

  /** The first twelve characters, as people read them. */
  public String shortId() {
    return id.substring(0, Math.min(12, id.length()));
  }
}
