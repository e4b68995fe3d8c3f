package dev.slipway.core.logs;

import static dev.slipway.core.triggers.CoreTriggers.SCHEDULER_DETECT;
import static dev.slipway.core.triggers.CoreTriggers.SCHEDULER_IS_DEPLOYED;
import static dev.slipway.core.triggers.CoreTriggers.SCHEDULER_LOGS;
import static dev.slipway.core.triggers.CoreTriggers.SCHEDULER_LOGS_FAILED;

import dev.slipway.core.call.Call;
import dev.slipway.core.error.UserError;
import dev.slipway.core.model.AppName;
import dev.slipway.core.triggers.Triggers;

/** {@code logs} and {@code logs:failed}. */
public final class Logs {
  private final Triggers triggers;

  public Logs(Triggers triggers) {
    this.triggers = triggers;
  }

  /**
   * What is wanted of the log.
   *
   * @param process only this process type; empty for all
   * @param lines from the end, for each container
   */
  public record Wanted(String process, boolean follow, boolean quiet, int lines) {}

  /**
   * Prints the last lines of every container of an app, and with {@code follow} what they write
   * from then on.
   *
   * @throws UserError if the app is not deployed
   */
  public void show(Call call, AppName app, Wanted wanted) {
    String scheduler = triggers.ask(call, SCHEDULER_DETECT, app);
    if (!triggers.holds(call, SCHEDULER_IS_DEPLOYED, scheduler, app)) {
      throw new UserError("App " + app + " has not been deployed");
    }
    triggers.fire(
        call,
        SCHEDULER_LOGS,
        scheduler,
        app,
        wanted.process(),
        wanted.follow(),
        wanted.quiet(),
        wanted.lines());
  }

  /** Prints the logs of the containers of the last deploy that did not pass. */
  public void failed(Call call, AppName app) {
    String scheduler = triggers.ask(call, SCHEDULER_DETECT, app);
    triggers.fire(call, SCHEDULER_LOGS_FAILED, scheduler, app);
  }
}
