package dev.slipway.cli;

import dev.slipway.cli.door.LocalDoor;
import dev.slipway.core.error.UserError;
import dev.slipway.core.journal.Journal;
import dev.slipway.core.locks.Flock;
import dev.slipway.core.store.DurableFiles;
import dev.slipway.sshd.SshDoor;
import dev.slipway.sshd.SshSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
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
    this(settings, journal -> journal);
  }

  /**
   * @param journalling wraps the journal, so that a test can hold a deploy at any step
   */
  public Daemon(DaemonSettings settings, UnaryOperator<Journal> journalling) {
    this.settings = settings;
    this.installation = new Installation(settings, journalling);
  }

  /**
   * Returns when the doors are open.
   *
   * @throws UserError if another daemon runs on the same folders
   */
  public void start() {
    opened.push(claim());
    installation.prepare();
    opened.push(installation);
    LocalDoor local = new LocalDoor(settings.roots(), installation.gate(), installation.trees());
    local.start();
    opened.push(local);
    SshDoor ssh = sshDoor();
    ssh.start();
    opened.push(ssh);
    opened.push(this::drain);
    installation.attend();
    Path portFile = settings.roots().run().resolve("ssh.port");
    installation.files().write(portFile, ssh.port() + "\n", DurableFiles.READABLE);
    opened.push(() -> installation.files().delete(portFile));
    long millis = ManagementFactory.getRuntimeMXBean().getUptime();
    log.info(
        "Slipway listens: ssh-port={} socket={} started-in={}ms class-cache={}",
        ssh.port(),
        settings.roots().socket(),
        millis,
        ClassCache.state().word());
  }

  /** Of two daemons on the same folders the second must not touch what the first one does. */
  private Flock claim() {
    Path file = settings.roots().slipway().resolve("daemon.lock");
    installation.files().createDirectories(settings.roots().slipway());
    try {
      return Flock.tryAcquire(file)
          .orElseThrow(() -> new UserError("Another daemon runs on " + settings.roots().libRoot()));
    } catch (IOException e) {
      throw new UncheckedIOException("claiming " + file, e);
    }
  }

  /** A deploy that runs is not cut off by a restart; what takes longer is undone by the next. */
  private void drain() throws InterruptedException {
    Duration grace = settings.stopGrace();
    if (!installation.drain(grace)) {
      log.warn("commands run on after {} s and are cut off now", grace.toSeconds());
    }
  }

  private SshDoor sshDoor() {
    InetSocketAddress address =
        settings.sshAddress().isEmpty()
            ? new InetSocketAddress(InetAddress.ofLiteral("0.0.0.0"), settings.sshPort())
            : new InetSocketAddress(
                InetAddress.ofLiteral(settings.sshAddress()), settings.sshPort());
    SshSettings ssh =
        new SshSettings(
            address,
            settings.roots().slipway().resolve("ssh"),
            settings.sshHostKeys(),
            Optional.of(settings.launcher()));
    return new SshDoor(
        ssh, installation.gate(), installation.programs(), settings.roots(), installation.files());
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
