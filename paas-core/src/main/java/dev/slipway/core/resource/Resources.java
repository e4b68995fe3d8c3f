package dev.slipway.core.resource;

import dev.slipway.core.call.Call;
import dev.slipway.core.error.UserError;
import dev.slipway.core.model.ProcessType;
import dev.slipway.core.model.Scope;
import dev.slipway.core.store.PropertyStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The limits and reservations that are stored, one property each: {@code PROCESS.KIND.KEY}. Nothing
 * is restarted. Spec: 04 section 7.1.
 */
public final class Resources {
  static final String PLUGIN = "resource";

  /** The process type that stands for all that have no value of their own. */
  static final String DEFAULT = "_default_";

  /** What can be limited, in the order of the display. */
  public static final List<String> KEYS =
      List.of(
          "cpu",
          "memory",
          "memory-swap",
          "network",
          "network-ingress",
          "network-egress",
          "nvidia-gpu");

  private static final String CLEAR = "clear";

  private final PropertyStore properties;

  public Resources(PropertyStore properties) {
    this.properties = properties;
  }

  /**
   * Stores values, or shows what is stored if there are none.
   *
   * @param process empty for all types that have no value of their own
   * @param values by key; {@code clear} removes one
   * @throws UserError if the process type or a value cannot be stored
   */
  public void change(
      Call call, Scope scope, Kind kind, String process, Map<String, String> values) {
    String type = type(process);
    if (values.isEmpty()) {
      show(call, scope, kind, process);
      return;
    }
    values.values().forEach(Resources::requireOneLine);
    call.out()
        .unlessQuiet()
        .heading(
            "Setting resource " + kind.words() + " for " + scope.directory() + suffix(process));
    for (String key : KEYS) {
      String value = values.get(key);
      if (value != null) {
        store(call, scope, property(type, kind, key), key, value);
      }
    }
  }

  private void store(Call call, Scope scope, String property, String key, String value) {
    if (value.equals(CLEAR)) {
      call.out().detail(key + ": cleared");
      properties.unset(PLUGIN, scope, property);
    } else {
      call.out().detail(key + ": " + value);
      properties.set(PLUGIN, scope, property, value);
    }
  }

  private void show(Call call, Scope scope, Kind kind, String process) {
    String which = process.isEmpty() ? " information [defaults]" : " information (" + process + ")";
    call.out().unlessQuiet().heading("resource " + kind.words() + " " + scope.directory() + which);
    for (String key : KEYS) {
      call.out().detail(key + ": " + stored(scope, type(process), kind, key).orElse(""));
    }
  }

  /**
   * Removes the values of one process type and kind. Without a process type everything goes, of
   * both kinds and all types, as in the reference.
   */
  public void clear(Call call, Scope scope, Kind kind, String process) {
    String type = type(process);
    call.out()
        .unlessQuiet()
        .heading("clearing " + scope.directory() + " " + kind.words() + suffix(process));
    String head = process.isEmpty() ? "" : type + "." + kind.key() + ".";
    for (String property : properties.all(PLUGIN, scope).keySet()) {
      if (property.startsWith(head)) {
        properties.unset(PLUGIN, scope, property);
      }
    }
  }

  /** What is stored for exactly this type; an empty value counts as none. */
  Optional<String> stored(Scope scope, String process, Kind kind, String key) {
    return properties
        .get(PLUGIN, scope, property(process, kind, key))
        .filter(value -> !value.isEmpty());
  }

  /** The value of the type, else the default one: of the app, else of the installation. */
  Optional<String> effective(Scope app, String process, Kind kind, String key) {
    return stored(app, process, kind, key)
        .or(() -> stored(app, DEFAULT, kind, key))
        .or(() -> stored(Scope.GLOBAL, process, kind, key))
        .or(() -> stored(Scope.GLOBAL, DEFAULT, kind, key));
  }

  private static String property(String process, Kind kind, String key) {
    return process + "." + kind.key() + "." + key;
  }

  private static String type(String process) {
    if (process.isEmpty()) {
      return DEFAULT;
    }
    if (!ProcessType.isValid(process)) {
      throw new UserError("Invalid process type: " + process);
    }
    return process;
  }

  private static String suffix(String process) {
    return process.isEmpty() ? "" : " (" + process + ")";
  }

  private static void requireOneLine(String value) {
    if (value.chars().anyMatch(Character::isISOControl)) {
      throw new UserError("A resource value is one line of text");
    }
  }
}
