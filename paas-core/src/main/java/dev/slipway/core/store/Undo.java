package dev.slipway.core.store;

/**
 * A change on disk that can be taken back. Used as {@code try (Undo undo = ...) { ...;
 * undo.forget(); }}: without {@link #forget} the old state is back when the block ends.
 */
public final class Undo implements AutoCloseable {
  private final Runnable takeBack;
  private boolean forgotten;

  private Undo(Runnable takeBack) {
    this.takeBack = takeBack;
  }

  public static Undo of(Runnable takeBack) {
    return new Undo(takeBack);
  }

  /** The change stays. */
  public void forget() {
    forgotten = true;
  }

  @Override
  public void close() {
    if (!forgotten) {
      takeBack.run();
    }
  }
}
