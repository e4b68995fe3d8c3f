package dev.slipway.cli.door;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Whether a launcher is still there, and the lock of all that changes while it is. Safe for use by
 * many threads.
 */
final class LauncherPresence {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean gone; // guarded by lock

  /** To be closed by the thread that called it. */
  Held hold() {
    lock.lock();
    return lock::unlock;
  }

  /** The lock, while held. */
  @FunctionalInterface
  interface Held extends AutoCloseable {
    @Override
    void close();
  }

  /** With the lock held. */
  boolean gone() {
    return gone;
  }

  /** Wakes those that wait; with the lock held. */
  void changed() {
    changed.signalAll();
  }

  /** The launcher has left. */
  void leave() {
    try (Held _ = hold()) {
      gone = true;
      changed();
    }
  }

  /**
   * Waits, with the lock held.
   *
   * @throws IOException if the launcher leaves before, or the thread is interrupted
   */
  void await(BooleanSupplier condition) throws IOException {
    while (!condition.getAsBoolean()) {
      if (gone) {
        throw new IOException("the launcher went away");
      }
      try {
        changed.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw (IOException) new InterruptedIOException("interrupted").initCause(e);
      }
    }
  }
}
