package dev.slipway.core.cron;

import static dev.slipway.core.triggers.CoreTriggers.APP_JSON_GET_CONTENT;
import static dev.slipway.core.triggers.CoreTriggers.APP_JSON_IS_VALID;
import static dev.slipway.core.triggers.CoreTriggers.POST_DEPLOY;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.core.appjson.AppJson;
import dev.slipway.core.error.UserError;
import dev.slipway.core.model.AppName;
import dev.slipway.core.store.DurableFiles;
import dev.slipway.core.triggers.Handlers;
import dev.slipway.core.triggers.Invocation;
import dev.slipway.core.triggers.Triggers;
import java.nio.file.Path;
import java.util.Set;

/** Checks the scheduled tasks of an app.json before anything is built. */
public final class CronCheck {
  private static final String PLUGIN = "cron";
  private static final Set<String> POLICIES = Set.of("", "allow", "forbid", "replace");

  private final DurableFiles files;
  private final Triggers triggers;

  public CronCheck(DurableFiles files, Triggers triggers) {
    this.files = files;
    this.triggers = triggers;
  }

  public void register(Handlers handlers) {
    handlers
        .on(PLUGIN, APP_JSON_IS_VALID, this::check)
        .on(PLUGIN, POST_DEPLOY, this::sayThatNothingRunsThem);
  }

  private void check(Invocation at) {
    AppName app = at.app(0);
    String text = files.read(Path.of(at.argument(1))).orElse("");
    JsonNode tasks = AppJson.parse(text).content().path("cron");
    for (int i = 0; i < tasks.size(); i++) {
      check(app, text, tasks.get(i), i);
    }
  }

  private static void check(AppName app, String text, JsonNode task, int index) {
    String command = task.path("command").asText("");
    String schedule = task.path("schedule").asText("");
    String policy = task.path("concurrency_policy").asText("");
    String pointer = "/cron/" + index;
    if (command.isBlank()) {
      throw wrong(
          text, pointer, "Missing cron task command for app " + app + " (index " + index + ")");
    }
    if (schedule.isBlank()) {
      throw wrong(text, pointer, "Missing cron schedule for app " + app + " (index " + index + ")");
    }
    Schedule.problem(schedule)
        .ifPresent(
            problem -> {
              throw wrong(
                  text,
                  pointer + "/schedule",
                  "Invalid cron schedule for app "
                      + app
                      + " (schedule "
                      + schedule
                      + "): "
                      + problem);
            });
    PlainCommand.problem(command)
        .ifPresent(
            problem -> {
              throw wrong(
                  text,
                  pointer + "/command",
                  "Invalid cron command for app "
                      + app
                      + " (command \""
                      + command
                      + "\"): "
                      + problem);
            });
    if (!POLICIES.contains(policy)) {
      throw wrong(
          text,
          pointer + "/concurrency_policy",
          "Invalid cron concurrency policy for app "
              + app
              + " (schedule "
              + schedule
              + "): "
              + policy);
    }
  }

  private static UserError wrong(String text, String pointer, String message) {
    return new UserError(message.replaceAll("\\p{Cntrl}", "?") + AppJson.placeIn(text, pointer));
  }

  private void sayThatNothingRunsThem(Invocation at) {
    String content = triggers.ask(at.call(), APP_JSON_GET_CONTENT, at.app(0));
    if (!AppJson.parse(content).content().path("cron").isEmpty()) {
      at.out().warn("Scheduled tasks are not run yet: the cron section of app.json is only kept");
    }
  }
}
