package dev.slipway.core.config;

import static dev.slipway.core.triggers.CoreTriggers.POST_CONFIG_UPDATE;
import static dev.slipway.core.triggers.CoreTriggers.RELEASE_AND_DEPLOY;
import static dev.slipway.core.triggers.CoreTriggers.SCHEDULER_DETECT;
import static dev.slipway.core.triggers.CoreTriggers.SCHEDULER_IS_DEPLOYED;

import dev.slipway.core.call.Call;
import dev.slipway.core.error.ToolFailure;
import dev.slipway.core.error.UserError;
import dev.slipway.core.model.AppName;
import dev.slipway.core.model.Scope;
import dev.slipway.core.output.Output;
import dev.slipway.core.store.PropertyStore;
import dev.slipway.core.text.ExactText;
import dev.slipway.core.triggers.TriggerFailed;
import dev.slipway.core.triggers.Triggers;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The environment of apps and of the installation. A change is on disk before anybody hears of it;
 * a failing restart is told and leaves the new values, as in the reference. Spec: 01 section 10.
 */
public final class Config {
  private final Environments environments;
  private final PropertyStore properties;
  private final Triggers triggers;

  Config(Environments environments, PropertyStore properties, Triggers triggers) {
    this.environments = environments;
    this.properties = properties;
    this.triggers = triggers;
  }

  /** {@code config:show}: a header, then one aligned line a variable. */
  public void show(Call call, Scope scope, boolean merged) {
    call.out()
        .unlessQuiet()
        .heading(scope.app().map(AppName::value).orElse("global") + " env vars");
    call.out().line(ExportFormat.pretty(values(call, scope, merged)));
  }

  /**
   * {@code config:get}.
   *
   * @throws UserError if it is not set: exit code 1, no text
   */
  public void get(Call call, Scope scope, String key, boolean quoted) {
    String value = environments.load(call, scope).get(key);
    if (value == null) {
      throw UserError.silent(1);
    }
    call.out().line(quoted ? EnvText.shellQuoted(value) : value);
  }

  public void keys(Call call, Scope scope, boolean merged) {
    values(call, scope, merged).keySet().forEach(call.out()::line);
  }

  public void export(Call call, Scope scope, boolean merged, String format) {
    call.out().text(ExportFormat.parse(format).of(values(call, scope, merged)));
  }

  private NavigableMap<String, String> values(Call call, Scope scope, boolean merged) {
    return merged ? environments.merged(call, scope) : environments.load(call, scope);
  }

  /**
   * Sets variables, then restarts the app if it is deployed and to be running.
   *
   * @param pairs {@code KEY=VALUE} each, split at the first {@code =}
   * @param encoded whether each value is Base64
   * @throws UserError if a pair, a key or an encoded value is bad; nothing has changed then
   */
  public void set(Call call, Scope scope, List<String> pairs, boolean encoded, boolean restart) {
    if (pairs.isEmpty()) {
      throw new UserError("At least one env pair must be given");
    }
    NavigableMap<String, String> changes = parsed(pairs, encoded);
    environments.load(call, scope);
    environments.change(scope, values -> values.putAll(changes));
    printSet(call.out().unlessQuiet(), changes);
    changed(call, scope, "set", List.copyOf(changes.keySet()), restart);
  }

  private static NavigableMap<String, String> parsed(List<String> pairs, boolean encoded) {
    NavigableMap<String, String> values = new TreeMap<>();
    for (String pair : pairs) {
      int equals = pair.indexOf('=');
      if (equals < 0) {
        throw new UserError("Invalid env pair: " + pair);
      }
      String key = EnvKey.checked(pair.substring(0, equals));
      String value = pair.substring(equals + 1);
      values.put(key, encoded ? decoded(key, value) : value);
    }
    return values;
  }

  private static String decoded(String key, String value) {
    int bad = Base64Text.firstBadByte(value);
    if (bad >= 0) {
      throw new UserError("illegal base64 data at input byte " + bad + " for key '" + key + "'");
    }
    String text = ExactText.decode(Base64Text.decode(value));
    if (text.indexOf('\0') >= 0) {
      throw new UserError(
          "the value for key '" + key + "' has a NUL byte, which no environment can hold");
    }
    return text;
  }

  private static void printSet(Output out, NavigableMap<String, String> changes) {
    out.step("Setting config vars");
    ExportFormat.pretty(changes).lines().forEach(out::detail);
  }

  /** Unsets variables; those not set are named and skipped. */
  public void unset(Call call, Scope scope, List<String> keys, boolean restart) {
    if (keys.isEmpty()) {
      throw new UserError("At least one key must be given");
    }
    keys.forEach(EnvKey::checked);
    NavigableMap<String, String> before = environments.load(call, scope);
    List<String> removed = new ArrayList<>();
    for (String key : keys) {
      boolean there = before.remove(key) != null;
      call.out()
          .unlessQuiet()
          .step(
              there
                  ? "Unsetting " + key
                  : "Skipping " + key + ", it is not set in the environment");
      if (there) {
        removed.add(key);
      }
    }
    if (!removed.isEmpty()) {
      environments.change(scope, values -> removed.forEach(values::remove));
      announce(call, scope, "unset", keys);
    }
    restart(call, scope, restart);
  }

  /** Unsets all variables. */
  public void clear(Call call, Scope scope, boolean restart) {
    NavigableMap<String, String> before = environments.load(call, scope);
    before.keySet().forEach(key -> call.out().unlessQuiet().step("Unsetting " + key));
    if (!before.isEmpty()) {
      environments.change(scope, values -> values.clear());
      announce(call, scope, "clear", List.of());
    }
    restart(call, scope, restart);
  }

  private void changed(
      Call call, Scope scope, String operation, List<String> keys, boolean restart) {
    announce(call, scope, operation, keys);
    restart(call, scope, restart);
  }

  private void announce(Call call, Scope scope, String operation, List<String> keys) {
    Object[] arguments =
        Stream.concat(
                Stream.of(scope.app().map(AppName::value).orElse(""), operation), keys.stream())
            .toArray();
    try {
      triggers.fire(call, POST_CONFIG_UPDATE, arguments);
    } catch (TriggerFailed | UserError | ToolFailure e) {
      call.out().warn("Failure while triggering post-config-update: " + e.getMessage());
    }
  }

  private void restart(Call call, Scope scope, boolean wanted) {
    if (!wanted || scope.app().isEmpty()) {
      return;
    }
    AppName app = scope.app().get();
    boolean stopped = properties.get("ps", scope, "restore").filter("false"::equals).isPresent();
    if (stopped || !isDeployed(call, app)) {
      return;
    }
    call.out().step("Restarting app " + app);
    try {
      triggers.fire(call, RELEASE_AND_DEPLOY, app, "", "config-redeploy");
    } catch (TriggerFailed | UserError | ToolFailure e) {
      call.out().warn("Failure while restarting app: " + reason(e));
    }
  }

  /** A deploy on record has said why it failed by the time that it does. */
  private static String reason(RuntimeException failure) {
    return failure instanceof UserError told && told.text().isEmpty()
        ? "exit status " + told.exitCode()
        : String.valueOf(failure.getMessage());
  }

  private boolean isDeployed(Call call, AppName app) {
    String known = properties.get("common", Scope.of(app), "deployed").orElse("");
    return known.isEmpty()
        ? triggers.holds(
            call, SCHEDULER_IS_DEPLOYED, triggers.ask(call, SCHEDULER_DETECT, app), app)
        : known.equals("true");
  }
}
