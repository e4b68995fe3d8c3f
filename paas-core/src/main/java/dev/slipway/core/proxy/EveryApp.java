package dev.slipway.core.proxy;

import dev.slipway.core.call.Call;
import dev.slipway.core.error.UserError;
import dev.slipway.core.model.AppName;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a command of this family for all apps, one by one or several at once. Spec: 02 section 5.
 */
final class EveryApp {
  private static final Logger log = LoggerFactory.getLogger(EveryApp.class);

  private final Call call;
  private final String verb;
  private final AtomicInteger errors = new AtomicInteger();

  EveryApp(Call call, String verb) {
    this.call = call;
    this.verb = verb;
  }

  /**
   * @param parallel how many at once; 0 and 1 are one by one, -1 is the number of processors
   * @throws UserError if that number makes no sense, or the command failed for an app
   */
  void run(List<AppName> apps, int parallel, Consumer<AppName> action) {
    if (parallel < -1) {
      throw new UserError("Invalid value " + parallel + " for --parallel flag");
    }
    if (apps.isEmpty()) {
      call.out().warn("You haven't deployed any applications yet");
      return;
    }
    if (parallel == 0 || parallel == 1) {
      oneByOne(apps, action);
    } else {
      atOnce(apps, parallel == -1 ? processors() : parallel, action);
    }
  }

  private int processors() {
    int count = Runtime.getRuntime().availableProcessors();
    call.out().warn("Setting --parallel=-1 value to CPU count of " + count);
    return count;
  }

  private void oneByOne(List<AppName> apps, Consumer<AppName> action) {
    call.out().warn("Running " + verb + " in serial mode");
    for (AppName app : apps) {
      call.out().step("Running " + verb + " against app " + app);
      attempt(app, action);
    }
    if (errors.get() > 0) {
      throw new UserError(verb + " command returned " + errors + " errors");
    }
  }

  private void atOnce(List<AppName> apps, int parallel, Consumer<AppName> action) {
    try (ExecutorService threads =
        Executors.newFixedThreadPool(parallel, Thread.ofVirtual().factory())) {
      for (AppName app : apps) {
        threads.execute(
            () -> {
              call.out().step("Running command against " + app);
              attempt(app, action);
            });
      }
    }
    if (errors.get() > 0) {
      throw new UserError("Encountered " + errors + " errors during parallel run");
    }
  }

  private void attempt(AppName app, Consumer<AppName> action) {
    try {
      action.accept(app);
    } catch (RuntimeException e) {
      errors.incrementAndGet();
      log.warn("failed for one of all apps verb={} app={}", verb, app, e);
      call.out().warn("Error running " + verb + " against app " + app + ": " + e.getMessage());
    }
  }
}
