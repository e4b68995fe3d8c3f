package dev.slipway.core.scheduler.local;

import dev.slipway.core.error.UserError;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Runs tasks so many at a time. When one fails those under way end, no more are started, and the
 * first failure is thrown.
 */
final class Parallel {
  private Parallel() {}

  static void run(int atATime, List<Runnable> tasks) {
    if (atATime <= 1 || tasks.size() <= 1) {
      tasks.forEach(Runnable::run);
      return;
    }
    Semaphore places = new Semaphore(atATime);
    AtomicBoolean failed = new AtomicBoolean();
    List<Future<?>> started = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Runnable task : tasks) {
        places.acquire();
        if (failed.get()) {
          break;
        }
        started.add(threads.submit(() -> attempt(task, places, failed)));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserError("Interrupted");
    }
    started.forEach(Parallel::result);
  }

  private static void attempt(Runnable task, Semaphore places, AtomicBoolean failed) {
    try {
      task.run();
    } catch (RuntimeException e) {
      failed.set(true);
      throw e;
    } finally {
      places.release();
    }
  }

  private static void result(Future<?> task) {
    try {
      task.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserError("Interrupted");
    }
  }
}
