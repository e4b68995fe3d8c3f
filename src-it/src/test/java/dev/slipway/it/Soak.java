package dev.slipway.it;

/**
 * How large a scenario is: small in every run, large where {@code SLIPWAY_SOAK} says so, as {@code
 * scripts/test --soak} does. Classes with a large form carry {@link #TAG}.
 */
final class Soak {
  /** Marks what has a large form. */
  static final String TAG = "soakable";

  private static final boolean LARGE = "true".equals(System.getenv("SLIPWAY_SOAK"));

  private Soak() {}

  static int size(int small, int large) {
    return LARGE ? large : small;
  }
}
