package dev.slipway.cli;

import dev.slipway.cli.door.LocalDoor;
import java.lang.management.ManagementFactory;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The resident process: recovers what a former one left, opens the doors, and closes everything in
 * reverse order. Containers of apps keep running when it ends.
 */
public final class Daemon implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Daemon.class);

  private final DaemonSettings settings;
  private final Installation installation;
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private final CountDownLatch ended = new CountDownLatch(1);

  public Daemon(DaemonSettings settings) {
    this.settings = settings;
    this.installation = new Installation(settings);
  }

  /** Returns when the doors are open. */
  public void start() {
    installation.prepare();
    LocalDoor local = new LocalDoor(settings.roots(), installation.gate());
    local.start();
    opened.push(local);
    long millis = ManagementFactory.getRuntimeMXBean().getUptime();
    log.info("Slipway listens: socket={} started-in={}ms", settings.roots().socket(), millis);
  }

  /** Blocks until the daemon is told to end. */
  public void await() throws InterruptedException {
    ended.await();
  }

  @Override
  public synchronized void close() {
    while (!opened.isEmpty()) {
      try {
        opened.pop().close();
      } catch (Exception e) {
        log.warn("closing: {}", e.getMessage(), e);
      }
    }
    ended.countDown();
  }
}
