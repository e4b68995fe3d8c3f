package dev.slipway.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.core.call.Program;
import dev.slipway.core.call.Streams;
import dev.slipway.core.error.ToolFailure;
import dev.slipway.core.process.Programs;
import dev.slipway.proxy.NginxWorkers.Worker;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running nginx: tests its configuration and reloads it provably. {@link #reload} is for one
 * thread at a time, the rest for any.
 */
final class Nginx {
  private static final Logger log = LoggerFactory.getLogger(Nginx.class);
  private static final int CONNECTIONS = 8;
  private static final Duration SECOND_SIGNAL = Duration.ofSeconds(5);
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
  private static final long LONG_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final NginxHost host;
  private final Programs programs;
  private final Generation generation;
  private final NginxWorkers workers;
  private final Duration limit;
  private final Set<Worker> draining = ConcurrentHashMap.newKeySet();

  /**
   * @param limit how long a reload may take until the new configuration serves
   */
  Nginx(NginxHost host, Programs programs, Generation generation, Duration limit) {
    this.host = host;
    this.programs = programs;
    this.generation = generation;
    this.workers = new NginxWorkers(host.pidFile());
    this.limit = limit;
  }

  /** Tests the whole configuration. */
  Optional<Refusal> test() {
    return refusal(host.test());
  }

  /** Tests another main configuration. */
  Optional<Refusal> test(Path main) {
    return refusal(host.test(main));
  }

  NginxVersion version() {
    return NginxVersion.parse(run(host.version()).words());
  }

  private Optional<Refusal> refusal(Program program) {
    if (!Files.isExecutable(host.binary())) {
      throw new ToolFailure("Could not find nginx binary in $PATH or at '" + host.binary() + "'.");
    }
    Ended ended = run(program);
    return ended.status() == 0 ? Optional.empty() : Optional.of(new Refusal(ended.words()));
  }

  private record Ended(int status, String words) {}

  private Ended run(Program program) {
    ByteArrayOutputStream words = new ByteArrayOutputStream();
    int status = programs.run(program, new Streams(InputStream.nullInputStream(), words, words));
    return new Ended(status, words.toString(UTF_8));
  }

  /** Whether anything can be asked to reload. */
  boolean isRunning() {
    return workers.master().isPresent() || generation.served().isPresent();
  }

  /**
   * Reloads, and returns once the configuration that is on disk now serves and no worker of an
   * older one accepts connections. Without a running nginx nothing happens, since it reads the
   * newest configuration when it starts.
   *
   * @param serviceCommand as {@link NginxHost#reload}
   * @return false if nginx does not run
   * @throws ToolFailure if it refuses, or does not take the configuration over in time
   */
  boolean reload(String serviceCommand) {
    if (!isRunning()) {
      return false;
    }
    long began = System.nanoTime();
    Set<Worker> before = workers.all();
    long wanted = generation.next();
    signal(serviceCommand);
    if (!holds(SECOND_SIGNAL, PAUSE_NANOS, () -> isServed(wanted, before))) {
      // a master that just started may have missed the first order
      log.warn("reload is slow, asking again generation={}", wanted);
      signal(serviceCommand);
      if (!holds(limit.minus(SECOND_SIGNAL), LONG_PAUSE_NANOS, () -> isServed(wanted, before))) {
        throw notTakenOver(wanted, before);
      }
    }
    draining.removeIf(worker -> !workers.lives(worker));
    before.stream().filter(workers::lives).forEach(draining::add);
    log.info(
        "reloaded generation={} millis={} draining={}",
        wanted,
        TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began),
        draining.size());
    return true;
  }

  /**
   * Starts the service if nothing runs.
   *
   * @return whether nginx runs now
   */
  boolean start(String serviceCommand) {
    return isRunning()
        || (!host.isPrivate() && run(host.service("start", serviceCommand)).status() == 0);
  }

  private void signal(String serviceCommand) {
    Program program = host.reload(serviceCommand);
    Ended ended = run(program);
    if (ended.status() != 0) {
      throw new ToolFailure("nginx could not be reloaded: " + ended.words().strip());
    }
  }

  /** Old workers first, connections after: what is accepted from then on is of the new ones. */
  private boolean isServed(long wanted, Set<Worker> before) {
    if (before.stream().anyMatch(workers::accepts)) {
      return false;
    }
    for (int i = 0; i < CONNECTIONS; i++) {
      OptionalLong answer = generation.served();
      if (answer.isEmpty() || answer.getAsLong() < wanted) {
        return false;
      }
    }
    return true;
  }

  private ToolFailure notTakenOver(long wanted, Set<Worker> before) {
    OptionalLong answer = generation.served();
    String seconds = limit.toSeconds() + " s";
    if (answer.isEmpty()) {
      return new ToolFailure(
          "nginx does not answer on 127.0.0.1:"
              + generation.port()
              + " after "
              + seconds
              + "; its http block has to include http.conf of Slipway");
    }
    if (answer.getAsLong() < wanted) {
      return new ToolFailure(
          "nginx still serves the old configuration after "
              + seconds
              + "; its error log says why, often a port that something else listens on");
    }
    long old = before.stream().filter(workers::accepts).count();
    return new ToolFailure(old + " old nginx workers still accept after " + seconds);
  }

  /**
   * Waits until the workers that a reload replaced, up to now, are gone.
   *
   * @return false if some are left
   */
  boolean awaitDrained(Duration patience) {
    Set<Worker> old = new HashSet<>(draining);
    return holds(patience, LONG_PAUSE_NANOS, () -> old.stream().noneMatch(workers::lives));
  }

  private static boolean holds(Duration patience, long pause, BooleanSupplier condition) {
    long end = System.nanoTime() + patience.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0 || Thread.currentThread().isInterrupted()) {
        return false;
      }
      LockSupport.parkNanos(pause);
    }
    return true;
  }
}
