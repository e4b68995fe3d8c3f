package dev.slipway.core.call;

/**
 * Runs a program in the caller's place: with the caller's own descriptors and terminal where the
 * door has them, else with pipes or a pseudo terminal that carry the same bytes.
 */
public interface Foreground {
  /**
   * Runs to the end. Everything written to the call's streams before is delivered before the
   * program's first byte.
   *
   * @return the exit status, 128 + signal for a program that was killed, 127 if it could not be
   *     started (the reason is on the caller's standard error then)
   */
  int run(Program program);
}
