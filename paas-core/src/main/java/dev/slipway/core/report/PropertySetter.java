package dev.slipway.core.report;

import dev.slipway.core.call.Call;
import dev.slipway.core.error.UserError;
import dev.slipway.core.model.Scope;
import dev.slipway.core.report.Reports.VisibleApps;
import dev.slipway.core.store.PropertyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Answers {@code PLUGIN:set} for every family. Spec: 01 section 6. Nothing is restarted or rebuilt.
 */
public final class PropertySetter {
  private final PropertyStore store;
  private final VisibleApps apps;

  public PropertySetter(PropertyStore store, VisibleApps apps) {
    this.store = store;
    this.apps = apps;
  }

  /**
   * Sets or unsets what the words say: {@code --global} or an app, then the key and the value. That
   * {@code --global} may stand anywhere in the compiled families is the command's affair.
   *
   * @throws UserError in the words of the set's family
   */
  public void run(Call call, PropertySet set, List<String> words) {
    List<String> rest = new ArrayList<>(words);
    boolean global = !rest.isEmpty() && rest.getFirst().equals("--global");
    if (global) {
      rest.removeFirst();
    }
    String app = global || rest.isEmpty() ? "" : rest.removeFirst();
    String key = rest.isEmpty() ? "" : rest.get(0);
    String value = rest.size() < 2 ? "" : rest.get(1);
    Scope scope =
        switch (set.family()) {
          case COMPILED -> compiled(call, set, global, app, key);
          case SHELL_APP_FIRST -> appFirst(call, set, global, app, key);
          case SHELL_KEY_FIRST -> keyFirst(call, set, global, app, key);
        };
    store(call, set, scope, key, value);
  }

  private Scope compiled(Call call, PropertySet set, boolean global, String app, String key) {
    if (!global && set.find(key).filter(found -> !found.perApp()).isPresent()) {
      throw new UserError("Property can only be specified globally");
    }
    Scope scope = global ? Scope.GLOBAL : Scope.of(apps.existing(call, app));
    if (global && set.find(key).filter(Property::global).isEmpty()) {
      throw new UserError("Property cannot be specified globally");
    }
    if (key.isEmpty()) {
      throw new UserError("No property specified");
    }
    if (set.find(key).isEmpty()) {
      throw new UserError(
          "Invalid property specified, valid properties include: "
              + names(set).sorted().collect(Collectors.joining(", ")));
    }
    return scope;
  }

  private Scope appFirst(Call call, PropertySet set, boolean global, String app, String key) {
    Scope scope = global ? Scope.GLOBAL : Scope.of(existingInShellWords(call, app));
    requireKey(set, key);
    return scope;
  }

  private Scope keyFirst(Call call, PropertySet set, boolean global, String app, String key) {
    Property property = requireKey(set, key);
    if (global && !property.global()) {
      throw new UserError("The key '" + key + "' cannot be set globally");
    }
    if (!global && !property.perApp()) {
      throw new UserError("The key '" + key + "' can only be set globally");
    }
    return global ? Scope.GLOBAL : Scope.of(existingInShellWords(call, app));
  }

  private dev.slipway.core.model.AppName existingInShellWords(Call call, String app) {
    try {
      return apps.existing(call, app);
    } catch (UserError e) {
      throw UserError.noSuchApp(app);
    }
  }

  private static Property requireKey(PropertySet set, String key) {
    if (key.isEmpty()) {
      throw new UserError("No key specified");
    }
    return set.find(key)
        .orElseThrow(
            () ->
                new UserError(
                    "Invalid key specified, valid keys include: "
                        + names(set).collect(Collectors.joining(", "))));
  }

  private static java.util.stream.Stream<String> names(PropertySet set) {
    return set.properties().stream().map(Property::name);
  }

  private void store(Call call, PropertySet set, Scope scope, String key, String value) {
    if (value.isEmpty()) {
      call.out().unlessQuiet().heading("Unsetting " + key);
      store.unset(set.plugin(), scope, key);
      return;
    }
    Property property = set.find(key).orElseThrow();
    String checked = property.check().apply(value);
    call.out().unlessQuiet().heading("Setting " + key + " to " + value);
    store.set(set.plugin(), scope, key, checked);
  }
}
