package dev.slipway.core.engine;

import java.util.List;
import java.util.Map;

/**
 * An image as the engine sees it.
 *
 * @param id {@code sha256:...}
 * @param tags {@code repository:tag} names
 * @param exposed ports in the image's order of keys, as {@code 80/tcp}
 * @param environment {@code KEY=VALUE} entries
 * @param workdir empty where unset
 * @param entrypoint empty where unset
 */
public record Image(
    String id,
    List<String> tags,
    Map<String, String> labels,
    List<String> exposed,
    List<String> environment,
    List<String> entrypoint,
    List<String> command,
    String workdir,
    String architecture) {
  public Image {
    tags = List.copyOf(tags);
    labels = Map.copyOf(labels);
    exposed = List.copyOf(exposed);
    environment = List.copyOf(environment);
    entrypoint = List.copyOf(entrypoint);
    command = List.copyOf(command);
  }
}
