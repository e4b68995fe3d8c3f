package dev.slipway.cli.door;

import dev.slipway.core.call.Terminal;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** The terminal of a launcher's caller. */
final class LauncherTerminal implements Terminal {
  private final LauncherSession session;
  private final String type;
  private final List<Consumer<Size>> resizes = new CopyOnWriteArrayList<>();
  private final List<Consumer<String>> signals = new CopyOnWriteArrayList<>();
  private volatile Size size;

  LauncherTerminal(LauncherSession session, String type, Size size) {
    this.session = session;
    this.type = type;
    this.size = size;
  }

  @Override
  public Size size() {
    return size;
  }

  @Override
  public String type() {
    return type;
  }

  @Override
  public Registration onResize(Consumer<Size> listener) {
    resizes.add(listener);
    return () -> resizes.remove(listener);
  }

  @Override
  public Registration onSignal(Consumer<String> listener) {
    signals.add(listener);
    return () -> signals.remove(listener);
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

  void resized(Size now) {
    size = now;
    resizes.forEach(listener -> listener.accept(now));
  }

  /** Tells the listeners. @return whether there was one */
  boolean signalled(String name) {
    signals.forEach(listener -> listener.accept(name));
    return !signals.isEmpty();
  }
}
