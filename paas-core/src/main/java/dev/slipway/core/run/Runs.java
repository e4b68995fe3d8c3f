package dev.slipway.core.run;

import static dev.slipway.core.triggers.CoreTriggers.SCHEDULER_DETECT;
import static dev.slipway.core.triggers.CoreTriggers.SCHEDULER_RUN;
import static dev.slipway.core.triggers.CoreTriggers.SCHEDULER_RUN_RETIRE;

import dev.slipway.core.call.Call;
import dev.slipway.core.error.UserError;
import dev.slipway.core.model.AppName;
import dev.slipway.core.report.Reports.VisibleApps;
import dev.slipway.core.triggers.Triggers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code run} and {@code run:detached}. */
public final class Runs {
  private final Triggers triggers;
  private final VisibleApps apps;

  public Runs(Triggers triggers, VisibleApps apps) {
    this.triggers = triggers;
    this.apps = apps;
  }

  /**
   * Runs a command in a container of its own with the caller's streams, and waits for its end.
   *
   * @param words flags, the app, the command
   * @throws dev.slipway.core.error.UserError with the command's exit code if that is not 0
   */
  public void attached(Call call, List<String> words) {
    run(call, words, Map.of());
  }

  /** Starts it and prints the container's name. */
  public void detached(Call call, List<String> words) {
    run(call, words, Map.of("DOKKU_DETACH_CONTAINER", "1"));
  }

  /**
   * Ends one-off and cron containers that ran longer than they may.
   *
   * @param name restricts it to an app; empty for all
   */
  public void retire(Call call, String name) {
    if (name.isEmpty()) {
      triggers.fire(call, SCHEDULER_RUN_RETIRE);
      return;
    }
    AppName app = existing(call, name);
    triggers.fire(call, SCHEDULER_RUN_RETIRE, triggers.ask(call, SCHEDULER_DETECT, app), app);
  }

  private void run(Call call, List<String> words, Map<String, String> more) {
    RunRequest request = RunRequest.parse(call, words);
    AppName app = existing(call, request.app());
    Map<String, String> variables = new HashMap<>(request.variables());
    variables.put("DOKKU_RM_CONTAINER", "1");
    variables.putAll(more);
    List<Object> arguments = new ArrayList<>();
    arguments.add(triggers.ask(call, SCHEDULER_DETECT, app));
    arguments.add(app);
    arguments.add(request.environment().size());
    arguments.addAll(request.environment());
    arguments.add("--");
    arguments.addAll(request.command());
    triggers.fire(call.with(variables), SCHEDULER_RUN, arguments.toArray());
  }

  /** As the shell families do, a name that none can have is just one that does not exist. */
  private AppName existing(Call call, String name) {
    try {
      return apps.existing(call, name);
    } catch (UserError e) {
      throw UserError.noSuchApp(name);
    }
  }
}
