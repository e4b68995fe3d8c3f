package dev.slipway.cli.door;

import dev.slipway.core.call.ListenedTerminal;
import java.io.IOException;

/** The terminal of a launcher's caller. */
final class LauncherTerminal extends ListenedTerminal {
  private final LauncherSession session;

  LauncherTerminal(LauncherSession session, String type, Size size) {
    super(type, size);
    this.session = session;
  }

  @Override
  public Registration raw() {
    raw(true);
    return () -> raw(false);
  }

  private void raw(boolean on) {
    try {
      session.raw(on);
    } catch (IOException left) {
      // the launcher restores its terminal itself when it leaves
      return;
    }
  }
}
