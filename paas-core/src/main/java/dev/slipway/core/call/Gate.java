package dev.slipway.core.call;

/**
 * The one way in for every door: splits words, finds the command, checks access, runs it, audits.
 * No door has rules of its own.
 */
public interface Gate {
  /**
   * Runs a command to its end.
   *
   * @param call with the door's raw environment; the gate completes it
   * @return the exit code, 0 to 255; errors have been shown
   */
  int run(Call call, CommandLine line);
}
