package dev.slipway.core.checks;

import dev.slipway.core.model.AppName;
import dev.slipway.core.model.ProcessType;
import dev.slipway.core.model.Scope;
import dev.slipway.core.store.PropertyStore;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Which process types are deployed with downtime (disabled) or unchecked (skipped): the lists
 * {@code LIB/config/checks/APP/{disabled,skipped}}, comma separated, {@code _all_} for every type.
 * Whole names are compared (defect 04 section 6.1). Spec: 04 section 6.1.
 */
public final class ZeroDowntime {
  static final String PLUGIN = "checks";
  static final String DISABLED = "disabled";
  static final String SKIPPED = "skipped";
  private static final String ALL = "_all_";

  private final PropertyStore properties;

  public ZeroDowntime(PropertyStore properties) {
    this.properties = properties;
  }

  public boolean isDisabled(AppName app, ProcessType type) {
    return has(app, DISABLED, type);
  }

  public boolean isSkipped(AppName app, ProcessType type) {
    return !isDisabled(app, type) && has(app, SKIPPED, type);
  }

  private boolean has(AppName app, String list, ProcessType type) {
    Set<String> names = read(app, list);
    return names.contains(ALL) || names.contains(type.value());
  }

  /** Puts every type on one list, and none on the other. */
  void putAll(AppName app, String list) {
    properties.set(PLUGIN, Scope.of(app), list, ALL);
    properties.unset(PLUGIN, Scope.of(app), other(list));
  }

  void put(AppName app, String list, List<String> types) {
    update(
        app,
        list,
        names -> {
          names.remove(ALL);
          names.addAll(types);
        });
    remove(app, other(list), types);
  }

  /** Takes types off both lists. */
  void remove(AppName app, List<String> types) {
    remove(app, DISABLED, types);
    remove(app, SKIPPED, types);
  }

  void removeAll(AppName app) {
    properties.unset(PLUGIN, Scope.of(app), DISABLED);
    properties.unset(PLUGIN, Scope.of(app), SKIPPED);
  }

  private void remove(AppName app, String list, List<String> types) {
    update(app, list, names -> names.removeAll(types));
  }

  private static String other(String list) {
    return list.equals(DISABLED) ? SKIPPED : DISABLED;
  }

  private void update(AppName app, String list, Consumer<Set<String>> change) {
    properties.update(
        PLUGIN,
        Scope.of(app),
        list,
        text -> {
          Set<String> names = parsed(text);
          change.accept(names);
          return String.join(",", names);
        });
  }

  private Set<String> read(AppName app, String list) {
    return parsed(properties.get(PLUGIN, Scope.of(app), list).orElse(""));
  }

  private static Set<String> parsed(String text) {
    Set<String> names = new LinkedHashSet<>();
    Arrays.stream(text.split(",", -1))
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .forEach(names::add);
    return names;
  }
}
