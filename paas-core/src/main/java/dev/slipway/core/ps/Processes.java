package dev.slipway.core.ps;

import static dev.slipway.core.triggers.CoreTriggers.DEPLOY;
import static dev.slipway.core.triggers.CoreTriggers.DEPLOYED_APP_IMAGE_TAG;
import static dev.slipway.core.triggers.CoreTriggers.POST_STOP;
import static dev.slipway.core.triggers.CoreTriggers.PRE_RESTORE;
import static dev.slipway.core.triggers.CoreTriggers.PRE_START;
import static dev.slipway.core.triggers.CoreTriggers.PROXY_BUILD_CONFIG;
import static dev.slipway.core.triggers.CoreTriggers.PROXY_CLEAR_CONFIG;
import static dev.slipway.core.triggers.CoreTriggers.RELEASE_AND_DEPLOY;
import static dev.slipway.core.triggers.CoreTriggers.SCHEDULER_APP_STATUS;
import static dev.slipway.core.triggers.CoreTriggers.SCHEDULER_DETECT;
import static dev.slipway.core.triggers.CoreTriggers.SCHEDULER_INSPECT;
import static dev.slipway.core.triggers.CoreTriggers.SCHEDULER_PRE_RESTORE;
import static dev.slipway.core.triggers.CoreTriggers.SCHEDULER_STOP;

import dev.slipway.core.call.Call;
import dev.slipway.core.error.ToolFailure;
import dev.slipway.core.error.UserError;
import dev.slipway.core.model.AppName;
import dev.slipway.core.triggers.Trigger;
import dev.slipway.core.triggers.TriggerFailed;
import dev.slipway.core.triggers.Triggers;

/** Starts, stops and restarts the processes of apps. Spec: 04 section 3. */
public final class Processes {
  private final Triggers triggers;
  private final Deployed deployed;
  private final PsProperties properties;

  public Processes(Triggers triggers, Deployed deployed, PsProperties properties) {
    this.triggers = triggers;
    this.deployed = deployed;
    this.properties = properties;
  }

  /**
   * New containers from the image that is there.
   *
   * @param type restricts it to a process type; empty for all
   */
  public void restart(Call call, AppName app, String type) {
    if (isDeployed(call, app)) {
      triggers.fire(call, DEPLOY, app, tag(call, app), type);
    }
  }

  /** Deploys what is not running, and routes to it. */
  public void start(Call call, AppName app) {
    if (!isDeployed(call, app)) {
      return;
    }
    guarded(call, "Failure in pre-start hook: ", PRE_START, app);
    String status = triggers.ask(call, SCHEDULER_APP_STATUS, scheduler(call, app), app);
    String running = status.substring(status.indexOf(' ') + 1).strip();
    switch (running) {
      case "mixed" -> {
        call.out().warn("App is running in mixed mode, releasing");
        triggers.fire(call, RELEASE_AND_DEPLOY, app, tag(call, app));
      }
      case "false" -> {
        call.out().warn("App has been detected as not running, releasing");
        triggers.fire(call, RELEASE_AND_DEPLOY, app, tag(call, app));
      }
      default -> call.out().warn("App " + app + " already running");
    }
    triggers.fire(call, PROXY_BUILD_CONFIG, app);
  }

  /** Stops everything that the app runs; it stays stopped until it is deployed or started. */
  public void stop(Call call, AppName app) {
    if (!isDeployed(call, app)) {
      return;
    }
    call.out().unlessQuiet().step("Stopping " + app);
    triggers.fire(call, SCHEDULER_STOP, scheduler(call, app), app);
    triggers.fire(call, POST_STOP, app);
  }

  /** Prints the engine's description of the app's containers. */
  public void inspect(Call call, AppName app) {
    triggers.fire(call, SCHEDULER_INSPECT, scheduler(call, app), app);
  }

  /** What comes before any app is restored. */
  public void beforeRestore(Call call, boolean all) {
    guarded(call, "Error running pre-restore: ", PRE_RESTORE);
    if (all) {
      guarded(call, "Error clearing proxy config: ", PROXY_CLEAR_CONFIG, "--all");
    }
  }

  /** Starts an app again after the host was restarted, unless it was stopped on purpose. */
  public void restore(Call call, AppName app) {
    triggers.fire(call, SCHEDULER_PRE_RESTORE, scheduler(call, app), app);
    call.out().step("Clearing potentially invalid proxy configuration");
    try {
      triggers.fire(call, PROXY_CLEAR_CONFIG, app);
    } catch (TriggerFailed | UserError | ToolFailure e) {
      call.out().warn("Error clearing proxy config: " + e.getMessage());
    }
    if (!isDeployed(call, app)) {
      return;
    }
    if (!properties.restores(app)) {
      call.out().warn("Skipping ps:restore for " + app + " as restore property is false");
      return;
    }
    call.out().step("Starting app");
    start(call, app);
  }

  private void guarded(Call call, String failure, Trigger trigger, Object... arguments) {
    try {
      triggers.fire(call, trigger, arguments);
    } catch (TriggerFailed | UserError | ToolFailure e) {
      throw new UserError(failure + e.getMessage());
    }
  }

  private boolean isDeployed(Call call, AppName app) {
    boolean is = deployed.is(call, app);
    if (!is) {
      call.out().warn("App " + app + " has not been deployed");
    }
    return is;
  }

  private String scheduler(Call call, AppName app) {
    return triggers.ask(call, SCHEDULER_DETECT, app);
  }

  private String tag(Call call, AppName app) {
    String tag = triggers.ask(call, DEPLOYED_APP_IMAGE_TAG, app);
    return tag.isEmpty() ? "latest" : tag;
  }
}
