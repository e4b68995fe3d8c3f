package dev.slipway.core.engine.docker;

import dev.slipway.core.call.Terminal;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A terminal that a test holds in its hands. */
final class FakeTerminal implements Terminal {
  private final List<Consumer<Size>> resized = new CopyOnWriteArrayList<>();
  private final List<Consumer<String>> signalled = new CopyOnWriteArrayList<>();
  private volatile Size size;
  private volatile boolean raw;

  FakeTerminal(int rows, int columns) {
    size = new Size(rows, columns);
  }

  void resize(int rows, int columns) {
    size = new Size(rows, columns);
    resized.forEach(each -> each.accept(size));
  }

  void signal(String name) {
    signalled.forEach(each -> each.accept(name));
  }

  boolean isRaw() {
    return raw;
  }

  int listeners() {
    return resized.size() + signalled.size();
  }

  @Override
  public Size size() {
    return size;
  }

  @Override
  public String type() {
    return "xterm";
  }

  @Override
  public Registration onResize(Consumer<Size> listener) {
    resized.add(listener);
    return () -> resized.remove(listener);
  }

  @Override
  public Registration onSignal(Consumer<String> listener) {
    signalled.add(listener);
    return () -> signalled.remove(listener);
  }

  @Override
  public Registration raw() {
    raw = true;
    return () -> raw = false;
  }
}
