package dev.slipway.core.checks;

/** One try of a check that did not pass. */
final class CheckFailed extends Exception {
  private static final long serialVersionUID = 1L;

  private final String output;
  private final boolean isFinal;
  private final int retryAfter;

  private CheckFailed(String message, String output, boolean isFinal, int retryAfter) {
    super(message);
    this.output = output;
    this.isFinal = isFinal;
    this.retryAfter = retryAfter;
  }

  static CheckFailed retriable(String message, String output) {
    return new CheckFailed(message, output, false, 0);
  }

  /** Another try would not help. */
  static CheckFailed forGood(String message, String output) {
    return new CheckFailed(message, output, true, 0);
  }

  /** Another try is wanted after so many seconds. */
  static CheckFailed retriable(String message, String output, int retryAfter) {
    return new CheckFailed(message, output, false, retryAfter);
  }

  /** What the app said, maybe empty. */
  String output() {
    return output;
  }

  boolean isFinal() {
    return isFinal;
  }

  /** Seconds, 0 where the app did not say. */
  int retryAfter() {
    return retryAfter;
  }
}
