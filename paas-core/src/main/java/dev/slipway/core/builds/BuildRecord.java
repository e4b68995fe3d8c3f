package dev.slipway.core.builds;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * One build or deploy on record. Spec: 03 section 3.1.
 *
 * @param kind {@code build} or {@code deploy}, by the source
 * @param pid of the process that runs it
 * @param finishedAt absent while it runs
 * @param status {@code running}, {@code succeeded}, {@code failed} or {@code canceled}
 * @param source what started it, {@code git-hook} for a push
 * @param exitCode absent while it runs; -1 if it was cut off
 */
public record BuildRecord(
    String id,
    String app,
    String kind,
    long pid,
    Instant startedAt,
    Optional<Instant> finishedAt,
    String status,
    String source,
    OptionalInt exitCode) {
  static final String RUNNING = "running";
  static final String CANCELED = "canceled";

  private static final Set<String> BUILDING =
      Set.of(
          "git-hook",
          "ps:rebuild",
          "git:sync",
          "git:from-archive",
          "git:from-image",
          "git:load-image");

  private static final Set<String> DEPLOYING = Set.of("ps:restart", "config-redeploy", "deploy");

  /** What is recorded for a source that plugins made up. */
  static final String UNKNOWN = "unknown";

  static boolean isKnown(String source) {
    return BUILDING.contains(source) || DEPLOYING.contains(source);
  }

  static BuildRecord running(String id, String app, long pid, String source, Instant now) {
    String kind = BUILDING.contains(source) ? "build" : "deploy";
    return new BuildRecord(
        id, app, kind, pid, now, Optional.empty(), RUNNING, source, OptionalInt.empty());
  }

  BuildRecord ofApp(String name) {
    return new BuildRecord(id, name, kind, pid, startedAt, finishedAt, status, source, exitCode);
  }

  BuildRecord ended(int exit, Instant now) {
    return ended(exit == 0 ? "succeeded" : "failed", exit, now);
  }

  BuildRecord ended(String how, int exit, Instant now) {
    return new BuildRecord(
        id, app, kind, pid, startedAt, Optional.of(now), how, source, OptionalInt.of(exit));
  }

  /** How long it took, or has taken so far; in whole seconds. */
  Duration duration(Instant now) {
    return Duration.between(startedAt, finishedAt.orElse(now))
        .plusMillis(500)
        .truncatedTo(ChronoUnit.SECONDS);
  }

  public boolean isRunning() {
    return status.equals(RUNNING);
  }
}
