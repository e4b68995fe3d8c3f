package dev.slipway.core.scheduler.local;

import dev.slipway.core.call.Call;
import dev.slipway.core.engine.Container;
import dev.slipway.core.engine.Engine;
import dev.slipway.core.error.ToolFailure;
import dev.slipway.core.model.AppName;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works off the retirement queue in the background. Old web containers are asked to end once no
 * request that the old routes accepted is under way, others at once; what has not ended when it is
 * due is stopped then. A crash loses nothing but the early request: the queue is on disk.
 */
final class RetirementWorker implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RetirementWorker.class);
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(15);

  private final Engine engine;
  private final Retirements retirements;
  private final RunRetirement runs;
  private final Predicate<Duration> drained;
  private final Supplier<Call> background;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore wakeUps = new Semaphore(0);

  /**
   * @param drained waits for requests by old routes to end, for so long at most
   * @param background a new call of the daemon's own
   */
  RetirementWorker(
      Engine engine,
      Retirements retirements,
      RunRetirement runs,
      Predicate<Duration> drained,
      Supplier<Call> background) {
    this.engine = engine;
    this.retirements = retirements;
    this.runs = runs;
    this.drained = drained;
    this.background = background;
  }

  void start() {
    threads.submit(this::loop);
  }

  /** Asks replaced containers to end, web containers only when nobody talks to them any more. */
  void letGo(AppName app, Collection<String> web, Collection<String> others, Duration limit) {
    others.forEach(id -> terminate(app, id));
    if (!web.isEmpty()) {
      threads.submit(
          () -> {
            boolean idle = drained.test(limit);
            log.info("old web containers let go app={} idle={}", app, idle);
            web.forEach(id -> terminate(app, id));
          });
    }
    wake();
  }

  /** Looks at the queue now. */
  void wake() {
    wakeUps.release();
  }

  private void terminate(AppName app, String id) {
    try {
      if (engine.container(id).filter(Container::isRunning).isPresent()) {
        engine.restartPolicy(id, "no");
        engine.kill(id, "TERM");
      }
    } catch (ToolFailure e) {
      log.warn("old container not asked to end app={} id={}", app, id, e);
    }
  }

  private void loop() {
    while (!Thread.currentThread().isInterrupted()) {
      try {
        pause();
        retirements.retire(background.get(), Optional.empty());
        runs.retireQuietly(background.get());
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        log.warn("retirement put off", e);
      }
    }
  }

  private void pause() throws InterruptedException {
    Duration wait = retirements.nextDue().map(RetirementWorker::until).orElse(LOOK_AGAIN);
    boolean woken = wakeUps.tryAcquire(wait.toMillis(), TimeUnit.MILLISECONDS);
    wakeUps.drainPermits();
    log.trace("looking at the retirement queue woken={}", woken);
  }

  private static Duration until(Instant due) {
    Duration left = Duration.between(Instant.now(), due.plusSeconds(1));
    Duration least = Duration.ofSeconds(1);
    if (left.compareTo(least) < 0) {
      return least;
    }
    return left.compareTo(LOOK_AGAIN) > 0 ? LOOK_AGAIN : left;
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
