package dev.slipway.plugins.host;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A value worked out from files, kept until one of them changes. The clock of a file system is
 * coarse, so a value made within a moment of a change is not trusted for long: it is made once
 * more. Safe for use by many threads.
 */
final class WhileUnchanged<T> {
  private static final Duration MOMENT = Duration.ofMillis(50);

  private final ReentrantLock making = new ReentrantLock();
  private volatile @Nullable Kept<T> kept;

  private record Kept<T>(List<FileStamp> stamps, T value, boolean settled) {}

  /**
   * The value for files that look like this.
   *
   * @param stamps taken just now
   */
  T get(List<FileStamp> stamps, Supplier<T> make) {
    Kept<T> before = kept;
    if (before != null && isGood(before, stamps)) {
      return before.value();
    }
    making.lock();
    try {
      Kept<T> meanwhile = kept;
      if (meanwhile != null && isGood(meanwhile, stamps)) {
        return meanwhile.value();
      }
      Instant start = Instant.now();
      T value = make.get();
      kept = new Kept<>(stamps, value, isSettled(stamps, start));
      return value;
    } finally {
      making.unlock();
    }
  }

  private static boolean isGood(Kept<?> kept, List<FileStamp> stamps) {
    return kept.settled() && kept.stamps().equals(stamps);
  }

  private static boolean isSettled(List<FileStamp> stamps, Instant start) {
    Instant limit = start.minus(MOMENT);
    return stamps.stream().allMatch(stamp -> stamp.changed().isBefore(limit));
  }
}
