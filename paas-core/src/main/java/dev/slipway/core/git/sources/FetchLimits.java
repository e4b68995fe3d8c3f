package dev.slipway.core.git.sources;

import dev.slipway.core.call.Call;
import java.time.Duration;

/**
 * How long and how much may be fetched from elsewhere, from the files of the host's environment.
 *
 * @param quiet how long nothing may come: {@code SLIPWAY_FETCH_QUIET_SECONDS}, 120
 * @param overall how long it may take: {@code SLIPWAY_FETCH_SECONDS}, 3600
 * @param bytes how much git may fetch at once: {@code SLIPWAY_FETCH_MAX_MB}, 4096
 */
public record FetchLimits(Duration quiet, Duration overall, long bytes) {
  private static final long MB = 1 << 20;

  /** What may have been exceeded. */
  public String inWords() {
    return "nothing came for "
        + quiet.toSeconds()
        + " seconds, or it took more than "
        + overall.toSeconds()
        + " seconds or "
        + bytes / MB
        + " MB";
  }

  /** Those that a call sees. */
  public static FetchLimits of(Call call) {
    return new FetchLimits(
        Duration.ofSeconds(number(call, "SLIPWAY_FETCH_QUIET_SECONDS", 120)),
        Duration.ofSeconds(number(call, "SLIPWAY_FETCH_SECONDS", 3600)),
        MB * number(call, "SLIPWAY_FETCH_MAX_MB", 4096));
  }

  private static long number(Call call, String setting, long fallback) {
    return call.variable(setting)
        .filter(text -> text.matches("[1-9][0-9]{0,7}"))
        .map(Long::valueOf)
        .orElse(fallback);
  }
}
