package dev.slipway.core.builds;

import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;

/** Ids of builds: 14 characters of base 36 that sort by time. Spec: 03 section 3.1. */
final class BuildId {
  private static final int BASE = 36;
  private static final int TIME = 8;
  private static final int RANDOM = 6;

  private BuildId() {}

  static String next(Instant now) {
    long limit = (long) Math.pow(BASE, RANDOM);
    return padded(now.toEpochMilli(), TIME)
        + padded(ThreadLocalRandom.current().nextLong(limit), RANDOM);
  }

  private static String padded(long number, int width) {
    String digits = Long.toString(number, BASE);
    return "0".repeat(Math.max(0, width - digits.length())) + digits;
  }

  /** Whether this could be an id, so that it may be part of a file name. */
  static boolean isOne(String text) {
    return text.matches("[a-z0-9]{1,64}");
  }
}
