package dev.slipway.core.appjson;

import static dev.slipway.core.triggers.CoreTriggers.POST_DEPLOY;
import static dev.slipway.core.triggers.CoreTriggers.POST_RELEASE_BUILDER;
import static dev.slipway.core.triggers.CoreTriggers.PRE_RELEASE_BUILDER;
import static dev.slipway.core.triggers.CoreTriggers.PROCFILE_GET_COMMAND;
import static dev.slipway.core.triggers.CoreTriggers.PS_CAN_SCALE;
import static dev.slipway.core.triggers.CoreTriggers.PS_SET_SCALE;

import dev.slipway.core.call.Call;
import dev.slipway.core.error.UserError;
import dev.slipway.core.model.AppName;
import dev.slipway.core.model.Scope;
import dev.slipway.core.release.ImageNames;
import dev.slipway.core.store.PropertyStore;
import dev.slipway.core.tasks.Task;
import dev.slipway.core.tasks.Tasks;
import dev.slipway.core.triggers.Handlers;
import dev.slipway.core.triggers.Invocation;
import dev.slipway.core.triggers.Triggers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What app.json and the Procfile have done around a release, in the reference's order: variables,
 * {@code predeploy}; {@code release}, the formation, {@code heroku.postdeploy}; and after the
 * deploy {@code postdeploy}. Spec: 03 sections 7.3, 7.4 and 9.
 */
public final class ReleaseTasks {
  private static final String PREDEPLOY = "predeploy";
  private static final String RELEASE = "release";
  private static final String HEROKU_POSTDEPLOY = "heroku.postdeploy";
  private static final String POSTDEPLOY = "postdeploy";
  private static final String FILE = "app.json";
  private static final String DONE = "executed";

  private final AppJsons appJsons;
  private final EnvVariables variables;
  private final PropertyStore properties;
  private final Triggers triggers;
  private final ImageNames images;
  private final Tasks tasks;

  public ReleaseTasks(
      AppJsons appJsons,
      PropertyStore properties,
      Triggers triggers,
      ImageNames images,
      Tasks tasks) {
    this.appJsons = appJsons;
    this.variables = new EnvVariables(properties, triggers);
    this.properties = properties;
    this.triggers = triggers;
    this.images = images;
    this.tasks = tasks;
  }

  public void register(Handlers handlers) {
    handlers
        .on(AppJsons.PLUGIN, PRE_RELEASE_BUILDER, this::beforeRelease)
        .on(AppJsons.PLUGIN, POST_RELEASE_BUILDER, this::afterRelease)
        .on(AppJsons.PLUGIN, POST_DEPLOY, this::afterDeploy);
  }

  private void beforeRelease(Invocation at) {
    AppName app = at.app(1);
    Optional<AppJson> file = file(at.call(), app);
    file.ifPresent(found -> variables.process(at.call(), app, found.env()));
    String command = file.map(found -> found.script("dokku", PREDEPLOY)).orElse("");
    run(at.call(), FILE, new Task(app, PREDEPLOY, at.argument(2), command, true));
  }

  private void afterRelease(Invocation at) {
    AppName app = at.app(1);
    Call call = at.call();
    run(call, "Procfile", task(app, RELEASE, at.argument(2), releaseCommand(call, app)));
    Optional<AppJson> file = file(call, app);
    scale(call, app, file);
    if (isNew(app)) {
      String command = file.map(found -> found.script(POSTDEPLOY)).orElse("");
      once(call, task(app, HEROKU_POSTDEPLOY, at.argument(2), command));
    }
  }

  private void afterDeploy(Invocation at) {
    AppName app = at.app(0);
    String command =
        file(at.call(), app).map(found -> found.script("dokku", POSTDEPLOY)).orElse("");
    String image = command.isEmpty() ? "" : images.name(at.call(), app, at.argument(3));
    run(at.call(), FILE, task(app, POSTDEPLOY, image, command));
  }

  /** A file that cannot be read any more counts as none: it was checked when it was taken in. */
  private Optional<AppJson> file(Call call, AppName app) {
    try {
      return appJsons.of(call, app);
    } catch (UserError e) {
      e.text().lines().forEach(call.out()::exclaim);
      return Optional.empty();
    }
  }

  private static Task task(AppName app, String phase, String image, String command) {
    return new Task(app, phase, image, command, false);
  }

  private void run(Call call, String origin, Task task) {
    call.out().step("Checking for " + task.phase() + " task");
    if (task.command().isBlank()) {
      call.out().detail("No " + task.phase() + " task found, skipping");
      return;
    }
    String where = task.changesImage() ? "" : " in ephemeral container";
    call.out()
        .detail(
            "Executing " + task.phase() + " task from " + origin + where + ": " + task.command());
    tasks.run(call, task);
  }

  private boolean isNew(AppName app) {
    boolean deployed =
        properties.get("common", Scope.of(app), "deployed").filter("true"::equals).isPresent();
    return !deployed
        && properties
            .get(AppJsons.PLUGIN, Scope.of(app), HEROKU_POSTDEPLOY)
            .filter(DONE::equals)
            .isEmpty();
  }

  /** On record before it begins, so that it is not begun twice; taken back if it fails. */
  private void once(Call call, Task task) {
    Scope scope = Scope.of(task.app());
    if (!task.command().isBlank()) {
      properties.set(AppJsons.PLUGIN, scope, HEROKU_POSTDEPLOY, DONE);
    }
    try {
      run(call, FILE, task);
    } catch (RuntimeException e) {
      properties.unset(AppJsons.PLUGIN, scope, HEROKU_POSTDEPLOY);
      throw e;
    }
  }

  /** A type that the Procfile lacks is answered by a failure without a word. */
  private String releaseCommand(Call call, AppName app) {
    try {
      return triggers.ask(call, PROCFILE_GET_COMMAND, app, RELEASE, "5000");
    } catch (UserError e) {
      if (e.exitCode() == 1 && e.text().isEmpty()) {
        return "";
      }
      throw e;
    }
  }

  /** A formation rules the scale; without one people do. */
  private void scale(Call call, AppName app, Optional<AppJson> file) {
    SortedMap<String, Integer> counts =
        file.map(AppJson::quantities).orElseGet(java.util.TreeMap::new);
    triggers.fire(call, PS_CAN_SCALE, app, counts.isEmpty());
    if (!counts.isEmpty()) {
      List<Object> words = new ArrayList<>(List.of(app, true, true));
      counts.forEach((type, count) -> words.add(type + "=" + count));
      triggers.fire(call, PS_SET_SCALE, words.toArray());
    }
  }
}
