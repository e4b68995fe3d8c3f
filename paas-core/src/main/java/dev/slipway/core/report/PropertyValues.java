package dev.slipway.core.report;

import dev.slipway.core.model.AppName;
import dev.slipway.core.model.Scope;
import dev.slipway.core.report.Property.Line;
import dev.slipway.core.store.PropertyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * The values of a {@link PropertySet}: what is set, what is in force, and the lines of the report
 * that follow from them. An empty value counts as none. Spec: 01 section 5.3.
 */
public final class PropertyValues {
  private final PropertyStore store;
  private final PropertySet set;
  private final BiFunction<Scope, Property, String> fallback;

  public PropertyValues(PropertyStore store, PropertySet set) {
    this(store, set, (scope, property) -> property.fallback());
  }

  /**
   * @param fallback the built-in default where it depends on the app
   */
  public PropertyValues(
      PropertyStore store, PropertySet set, BiFunction<Scope, Property, String> fallback) {
    this.store = store;
    this.set = set;
    this.fallback = fallback;
  }

  /** What is set for exactly this scope; empty if nothing is. */
  public String own(Scope scope, String key) {
    return store.get(set.plugin(), scope, key).orElse("");
  }

  public String own(AppName app, String key) {
    return own(Scope.of(app), key);
  }

  /** The app's value, else that of the installation, else the default. */
  public String computed(AppName app, String key) {
    return computed(Scope.of(app), key);
  }

  /** As {@link #computed(AppName, String)}; for the installation without an app's value. */
  public String computed(Scope scope, String key) {
    Property property =
        set.find(key).orElseThrow(() -> new IllegalArgumentException("no property " + key));
    return present(scope, property.perApp() && scope.app().isPresent(), key)
        .or(() -> present(Scope.GLOBAL, property.global(), key))
        .orElseGet(() -> fallback.apply(scope, property));
  }

  private Optional<String> present(Scope scope, boolean possible, String key) {
    return possible
        ? Optional.of(own(scope, key)).filter(value -> !value.isEmpty())
        : Optional.empty();
  }

  /** The report of a family that has nothing but properties. */
  public Report report(boolean legacyKeys) {
    return report(legacyKeys, scope -> List.of());
  }

  /**
   * @param more the other lines of a scope
   */
  public Report report(boolean legacyKeys, Function<Scope, List<ReportedFlag>> more) {
    return Report.of(
        set.plugin(),
        legacyKeys,
        scope -> {
          List<ReportedFlag> flags = flags(set.plugin(), scope);
          flags.addAll(more.apply(scope));
          return flags;
        });
  }

  /**
   * The lines of all properties.
   *
   * @param type the word at the head of each, mostly the plugin's name
   * @return a list of the caller's own
   */
  public List<ReportedFlag> flags(String type, Scope scope) {
    List<ReportedFlag> flags = new ArrayList<>();
    for (Property property : set.properties()) {
      String key = property.name();
      for (Line line : property.lines()) {
        boolean app = scope.app().isPresent();
        switch (line) {
          case OWN -> add(flags, app, type + "-" + key, at -> own(at, key));
          case GLOBAL -> add(flags, true, type + "-global-" + key, at -> own(Scope.GLOBAL, key));
          case COMPUTED -> add(flags, app, type + "-computed-" + key, at -> computed(at, key));
          case COMPUTED_GLOBALLY ->
              add(flags, !app, type + "-computed-" + key, at -> computed(at, key));
        }
      }
    }
    return flags;
  }

  private static void add(
      List<ReportedFlag> flags, boolean here, String name, Function<Scope, String> value) {
    if (here) {
      flags.add(ReportedFlag.of(name, (call, scope) -> value.apply(scope)));
    }
  }
}
