package dev.slipway.cli.gate;

import dev.slipway.core.error.UserError;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The commands that are to be ended by nobody: a daemon that ends waits for them, and begins no
 * others meanwhile but those that they call themselves. Safe for use by many threads.
 */
final class Draining {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition idle = lock.newCondition();
  private int running; // guarded by lock
  private boolean ending; // guarded by lock

  /** A command being run. */
  interface Running extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * @param nested whether a running command waits for this one
   * @param waitedFor whether the daemon's end has to wait for it
   * @throws UserError if the daemon ends
   */
  Running begin(boolean nested, boolean waitedFor) {
    lock.lock();
    try {
      if (ending && !nested) {
        throw new UserError("The Slipway daemon is being stopped. Try again when it is back");
      }
      running += waitedFor ? 1 : 0;
    } finally {
      lock.unlock();
    }
    return waitedFor ? this::end : () -> {};
  }

  private void end() {
    lock.lock();
    try {
      running--;
      idle.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Begins nothing more and waits for what runs, at most this long.
   *
   * @return whether all has ended
   */
  boolean drain(Duration grace) throws InterruptedException {
    long left = grace.toNanos();
    lock.lock();
    try {
      ending = true;
      while (running > 0 && left > 0) {
        left = idle.awaitNanos(left);
      }
      return running == 0;
    } finally {
      lock.unlock();
    }
  }
}
