package dev.slipway.core.git;

import dev.slipway.core.call.Call;

/** Lines that a git client shows without its {@code remote:} in front. Spec: 03 section 2.3. */
final class RemoteLines {
  /** Back to the first column, and clear the line. */
  private static final String OVER_THE_PREFIX = "\u001b[1G\u001b[K";

  private RemoteLines() {}

  static void step(Call call, String text) {
    call.out().text(OVER_THE_PREFIX + "-----> " + text + "\n");
  }
}
