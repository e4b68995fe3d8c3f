package dev.slipway.core.appjson;

import static dev.slipway.core.triggers.CoreTriggers.POST_DEPLOY;
import static dev.slipway.core.triggers.CoreTriggers.POST_RELEASE_BUILDER;
import static dev.slipway.core.triggers.CoreTriggers.PRE_RELEASE_BUILDER;
import static dev.slipway.core.triggers.CoreTriggers.PROCFILE_GET_COMMAND;
import static dev.slipway.core.triggers.CoreTriggers.PS_CAN_SCALE;

import dev.slipway.core.call.Call;
import dev.slipway.core.error.UserError;
import dev.slipway.core.model.AppName;
import dev.slipway.core.model.Scope;
import dev.slipway.core.store.PropertyStore;
import dev.slipway.core.triggers.Handlers;
import dev.slipway.core.triggers.Invocation;
import dev.slipway.core.triggers.TriggerFailed;
import dev.slipway.core.triggers.Triggers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a deploy says about release tasks: that there is none of a kind, or, once, which parts of
 * app.json and Procfile the app asks for and nothing serves. Spec: 03 sections 9 and 12.
 */
final class ReleaseNotice {
  private final AppJsons appJsons;
  private final PropertyStore properties;
  private final Triggers triggers;

  ReleaseNotice(AppJsons appJsons, PropertyStore properties, Triggers triggers) {
    this.appJsons = appJsons;
    this.properties = properties;
    this.triggers = triggers;
  }

  void register(Handlers handlers) {
    handlers
        .on(AppJsons.PLUGIN, PRE_RELEASE_BUILDER, at -> none(at, at.app(1), "predeploy", "dokku"))
        .on(AppJsons.PLUGIN, POST_RELEASE_BUILDER, this::afterRelease)
        .on(AppJsons.PLUGIN, POST_DEPLOY, at -> none(at, at.app(0), "postdeploy", "dokku"));
  }

  private void afterRelease(Invocation at) {
    AppName app = at.app(1);
    boolean release = !releaseCommand(at.call(), app).isEmpty();
    warn(at, app, release);
    if (!release) {
      say(at, "release");
    }
    triggers.fire(at.call(), PS_CAN_SCALE, app, true);
    boolean deployed =
        properties.get("common", Scope.of(app), "deployed").filter("true"::equals).isPresent();
    if (!deployed && !hasScript(at.call(), app, "postdeploy")) {
      say(at, "heroku.postdeploy");
    }
  }

  private void warn(Invocation at, AppName app, boolean release) {
    List<String> unserved = new ArrayList<>();
    appJsons
        .of(at.call(), app)
        .ifPresent(found -> found.unserved().forEach(name -> unserved.add("app.json " + name)));
    if (release) {
      unserved.add("Procfile release");
    }
    if (!unserved.isEmpty()) {
      at.out().warn("Not supported yet and therefore ignored: " + String.join(", ", unserved));
    }
  }

  private void none(Invocation at, AppName app, String task, String scope) {
    if (!hasScript(at.call(), app, scope, task)) {
      say(at, task);
    }
  }

  private boolean hasScript(Call call, AppName app, String... path) {
    Optional<AppJson> found = appJsons.of(call, app);
    return found.isPresent() && !found.get().script(path).isEmpty();
  }

  private static void say(Invocation at, String task) {
    at.out().step("Checking for " + task + " task");
    at.out().detail("No " + task + " task found, skipping");
  }

  private String releaseCommand(Call call, AppName app) {
    try {
      return triggers.ask(call, PROCFILE_GET_COMMAND, app, "release", "5000");
    } catch (UserError | TriggerFailed unknownType) {
      return "";
    }
  }
}
