package dev.slipway.core.call;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * What every door's terminal does alike: it keeps the size and tells who listens. Safe for use by
 * many threads.
 */
public abstract class ListenedTerminal implements Terminal {
  private final String type;
  private final List<Consumer<Size>> resizes = new CopyOnWriteArrayList<>();
  private final List<Consumer<String>> signals = new CopyOnWriteArrayList<>();
  private volatile Size size;

  protected ListenedTerminal(String type, Size size) {
    this.type = type;
    this.size = size;
  }

  @Override
  public final Size size() {
    return size;
  }

  @Override
  public final String type() {
    return type;
  }

  @Override
  public final Registration onResize(Consumer<Size> listener) {
    resizes.add(listener);
    return () -> resizes.remove(listener);
  }

  @Override
  public final Registration onSignal(Consumer<String> listener) {
    signals.add(listener);
    return () -> signals.remove(listener);
  }

  /** Keeps the new size and tells the listeners. */
  public void resized(Size now) {
    size = now;
    resizes.forEach(listener -> listener.accept(now));
  }

  /**
   * Tells the listeners of a signal.
   *
   * @return whether there was one
   */
  public boolean signalled(String name) {
    boolean heard = !signals.isEmpty();
    signals.forEach(listener -> listener.accept(name));
    return heard;
  }
}
