package dev.slipway.sshd;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The threads of calls that have not ended. Safe for use by many threads. */
final class RunningCalls {
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

  /** Runs on a virtual thread of its own. */
  Thread start(Runnable call) {
    return Thread.ofVirtual()
        .name("ssh-call")
        .start(
            () -> {
              threads.add(Thread.currentThread());
              try {
                call.run();
              } finally {
                threads.remove(Thread.currentThread());
              }
            });
  }

  /** Waits for all to end, at most this long; then interrupts those left. */
  void awaitEnd(Duration grace) throws InterruptedException {
    long end = System.nanoTime() + grace.toNanos();
    for (Thread each : threads) {
      long left = end - System.nanoTime();
      if (left <= 0 || !each.join(Duration.ofNanos(left))) {
        each.interrupt();
      }
    }
  }
}
