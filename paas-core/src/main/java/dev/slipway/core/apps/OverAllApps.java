package dev.slipway.core.apps;

import dev.slipway.core.call.Call;
import dev.slipway.core.error.ToolFailure;
import dev.slipway.core.error.UserError;
import dev.slipway.core.model.AppName;
import dev.slipway.core.report.Reports.VisibleApps;
import dev.slipway.core.triggers.TriggerFailed;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a command over all apps that the caller may see, one after another or several at a time; one
 * that fails does not keep the others. Spec: 02 section 5, 04 section 3.2.
 */
public final class OverAllApps {
  private static final Logger log = LoggerFactory.getLogger(OverAllApps.class);

  private final VisibleApps apps;

  public OverAllApps(VisibleApps apps) {
    this.apps = apps;
  }

  /**
   * @param command its name in the texts, {@code restart}
   * @param parallel how many at a time; -1 for one a processor, 0 and 1 for one after another
   * @throws UserError if any failed, or the number is below -1
   */
  public void run(Call call, String command, int parallel, Consumer<AppName> action) {
    if (parallel < -1) {
      throw new UserError("Invalid value " + parallel + " for --parallel flag");
    }
    int atATime = parallel;
    if (parallel == -1) {
      atATime = Runtime.getRuntime().availableProcessors();
      call.out().warn("Setting --parallel=-1 value to CPU count of " + atATime);
    }
    List<AppName> all = apps.list(call);
    if (all.isEmpty()) {
      call.out().warn("You haven't deployed any applications yet");
    } else if (atATime <= 1) {
      serially(call, command, all, action);
    } else {
      inParallel(call, command, all, atATime, action);
    }
  }

  private static void serially(
      Call call, String command, List<AppName> all, Consumer<AppName> action) {
    call.out().warn("Running " + command + " in serial mode");
    int errors = 0;
    for (AppName app : all) {
      call.out().step("Running " + command + " against app " + app);
      errors += attempt(call, "Error running " + command + " against app " + app, app, action);
    }
    if (errors > 0) {
      throw new UserError(command + " command returned " + errors + " errors");
    }
  }

  private static void inParallel(
      Call call, String command, List<AppName> all, int atATime, Consumer<AppName> action) {
    AtomicInteger errors = new AtomicInteger();
    Semaphore places = new Semaphore(atATime);
    ThreadFactory virtual = Thread.ofVirtual().factory();
    try (ExecutorService threads = Executors.newThreadPerTaskExecutor(virtual)) {
      for (AppName app : all) {
        places.acquire();
        threads.submit(
            () -> {
              try {
                call.out().step("Running command against " + app);
                String error = "Error running " + command + " against " + app;
                errors.addAndGet(attempt(call, error, app, action));
              } finally {
                places.release();
              }
            });
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserError("Interrupted");
    }
    if (errors.get() > 0) {
      throw new UserError("Encountered " + errors.get() + " errors during parallel run");
    }
  }

  private static int attempt(Call call, String error, AppName app, Consumer<AppName> action) {
    try {
      action.accept(app);
      return 0;
    } catch (UserError | ToolFailure | TriggerFailed e) {
      call.out().warn(error + ": " + e.getMessage());
      return 1;
    } catch (RuntimeException bug) {
      log.error("failed for one of all apps app={}", app, bug);
      call.out().warn(error + ": internal error, the server's log has the details");
      return 1;
    }
  }
}
