package dev.slipway.core.checks;

import dev.slipway.core.model.AppName;
import dev.slipway.core.model.ProcessType;
import dev.slipway.core.model.Scope;
import dev.slipway.core.store.PropertyStore;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

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
    write(app, list, Set.of(ALL));
    write(app, other(list), Set.of());
  }

  void put(AppName app, String list, List<String> types) {
    Set<String> mine = read(app, list);
    mine.remove(ALL);
    mine.addAll(types);
    write(app, list, mine);
    remove(app, other(list), types);
  }

  /** Takes types off both lists. */
  void remove(AppName app, List<String> types) {
    remove(app, DISABLED, types);
    remove(app, SKIPPED, types);
  }

  void removeAll(AppName app) {
    write(app, DISABLED, Set.of());
    write(app, SKIPPED, Set.of());
  }

  private void remove(AppName app, String list, List<String> types) {
    Set<String> names = read(app, list);
    if (names.removeAll(types)) {
      write(app, list, names);
    }
  }

  private static String other(String list) {
    return list.equals(DISABLED) ? SKIPPED : DISABLED;
  }

  private Set<String> read(AppName app, String list) {
    Set<String> names = new LinkedHashSet<>();
    Arrays.stream(properties.get(PLUGIN, Scope.of(app), list).orElse("").split(",", -1))
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .forEach(names::add);
    return names;
  }

  private void write(AppName app, String list, Set<String> names) {
    if (names.isEmpty()) {
      properties.unset(PLUGIN, Scope.of(app), list);
    } else {
      properties.set(PLUGIN, Scope.of(app), list, String.join(",", names));
    }
  }
}
