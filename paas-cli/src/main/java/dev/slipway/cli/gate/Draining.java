package dev.slipway.cli.gate;

import dev.slipway.core.error.UserError;
import dev.slipway.core.output.Output;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The commands that are to be ended by nobody: a daemon that ends waits for them, and begins no
 * others meanwhile but those that they call themselves. Safe for use by many threads.
 */
final class Draining {
  private static final Logger log = LoggerFactory.getLogger(Draining.class);
  private static final String CUT_OFF =
      "The Slipway daemon is being stopped, which cuts this off. What is half done is undone or"
          + " finished when it is back";

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition idle = lock.newCondition();
  private final List<Output> running = new ArrayList<>(); // guarded by lock
  private boolean ending; // guarded by lock
  private volatile boolean cutOff;

  /** A command being run. */
  interface Running extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * @param nested whether a running command waits for this one
   * @param waitedFor whether the daemon's end has to wait for it
   * @param out where its caller is told if it is cut off
   * @throws UserError if the daemon ends
   */
  Running begin(boolean nested, boolean waitedFor, Output out) {
    lock.lock();
    try {
      if (ending && !nested) {
        throw new UserError("The Slipway daemon is being stopped. Try again when it is back");
      }
      if (waitedFor) {
        running.add(out);
      }
    } finally {
      lock.unlock();
    }
    return waitedFor ? () -> end(out) : () -> {};
  }

  private void end(Output out) {
    lock.lock();
    try {
      running.remove(out);
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
      while (!running.isEmpty() && left > 0) {
        left = idle.awaitNanos(left);
      }
      return running.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** Whether what still runs ends with the daemon. */
  boolean isCutOff() {
    return cutOff;
  }

  /** Tells the callers of what still runs that it ends now; those who do not read miss it. */
  void cutOff(Duration limit) throws InterruptedException {
    cutOff = true;
    List<Output> left;
    lock.lock();
    try {
      left = List.copyOf(running);
    } finally {
      lock.unlock();
    }
    CountDownLatch told = new CountDownLatch(left.size());
    for (Output out : left) {
      Thread.ofVirtual()
          .start(
              () -> {
                out.warn(CUT_OFF);
                told.countDown();
              });
    }
    if (!told.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
      log.warn("{} callers of commands that are cut off do not read", told.getCount());
    }
  }
}
