package dev.slipway.core.ps;

import static dev.slipway.core.triggers.CoreTriggers.SCHEDULER_DETECT;
import static dev.slipway.core.triggers.CoreTriggers.SCHEDULER_RETIRE;
import static dev.slipway.core.triggers.CoreTriggers.SCHEDULER_RUN_RETIRE;

import dev.slipway.core.call.Call;
import dev.slipway.core.error.UserError;
import dev.slipway.core.locks.Flock;
import dev.slipway.core.store.DurableFiles;
import dev.slipway.core.store.Roots;
import dev.slipway.core.triggers.Triggers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** {@code ps:retire}: ends what is due now, once at a time on this host. Spec: 04 section 3.9. */
public final class Retirement {
  private static final int BUSY = 137;

  private final Triggers triggers;
  private final DurableFiles files;
  private final Path folder;
  private final Path lockFile;

  public Retirement(Triggers triggers, Roots roots, DurableFiles files) {
    this.triggers = triggers;
    this.files = files;
    this.folder = roots.data("ps");
    this.lockFile = folder.resolve("retire");
  }

  /**
   * @param app restricts it to one app; empty for all
   * @throws UserError with exit code 137 if it is being done already
   */
  public void run(Call call, String app) {
    files.createDirectories(folder);
    try (Flock _ =
        Flock.tryAcquire(lockFile)
            .orElseThrow(() -> new UserError("Failed to acquire ps:retire lock", BUSY))) {
      call.out().step("Retiring old containers and images");
      String scheduler = triggers.ask(call, SCHEDULER_DETECT, app.isEmpty() ? "--global" : app);
      triggers.fire(call, SCHEDULER_RETIRE, scheduler, app);
      call.out().step("Retiring expired run and cron containers");
      triggers.fire(call, SCHEDULER_RUN_RETIRE);
    } catch (IOException e) {
      throw new UncheckedIOException("locking " + lockFile, e);
    }
  }
}
