package dev.slipway.core.ps;

import dev.slipway.core.error.UserError;
import dev.slipway.core.model.AppName;
import dev.slipway.core.model.Scope;
import dev.slipway.core.report.Property;
import dev.slipway.core.report.PropertyFamily;
import dev.slipway.core.report.PropertySet;
import dev.slipway.core.store.PropertyStore;
import java.util.List;
import java.util.Optional;

/** The properties of the plugin {@code ps}. Spec: 04 section 3.11. */
public final class PsProperties {
  static final String PLUGIN = "ps";
  private static final String RESTORE = "restore";

  private static final Property DOCKERFILE_START = Property.perApp("dockerfile-start-cmd", "");
  private static final Property PROCFILE =
      Property.everywhere("procfile-path", "Procfile").checked(PsProperties::trimmed);
  private static final Property POLICY =
      Property.everywhere("restart-policy", "on-failure:10").checked(PsProperties::policy);
  private static final Property SKIP_DEPLOY = Property.everywhere("skip-deploy", "false");
  private static final Property START = Property.perApp("start-cmd", "");
  private static final Property STOP_TIMEOUT =
      Property.everywhere("stop-timeout-seconds", "30").checked(PsProperties::seconds);

  private final PropertyStore properties;

  public PsProperties(PropertyStore properties) {
    this.properties = properties;
  }

  /** {@code ps:set}. */
  public static PropertySet settable() {
    return new PropertySet(
        PLUGIN,
        PropertyFamily.COMPILED,
        List.of(
            DOCKERFILE_START,
            PROCFILE,
            POLICY,
            Property.perApp(RESTORE, "true"),
            SKIP_DEPLOY,
            START,
            STOP_TIMEOUT));
  }

  /** Those that have a computed value, for the report. */
  static List<Property> reported() {
    return List.of(DOCKERFILE_START, PROCFILE, POLICY, SKIP_DEPLOY, START, STOP_TIMEOUT);
  }

  private static String trimmed(String path) {
    return path.replaceAll("^/+|/+$", "");
  }

  private static String policy(String value) {
    if (!value.matches("no|always|unless-stopped|on-failure(:.*)?")) {
      throw new UserError("Invalid restart-policy specified");
    }
    if (value.startsWith("on-failure:") && !value.matches("on-failure:[0-9]{1,6}")) {
      throw new UserError("Invalid restart-policy specified");
    }
    return value;
  }

  private static String seconds(String value) {
    if (!value.matches("[0-9]{1,6}")) {
      throw new UserError("Invalid stop-timeout-seconds specified, it counts seconds");
    }
    return value;
  }

  /** The effective value; empty if there is none. */
  String computed(Scope scope, Property property) {
    return scope
        .app()
        .map(app -> properties.effective(PLUGIN, app, property.name(), property.fallback()))
        .orElseGet(
            () ->
                Optional.of(raw(Scope.GLOBAL, property.name()))
                    .filter(value -> !value.isEmpty())
                    .orElse(property.fallback()));
  }

  String raw(Scope scope, String key) {
    return properties.get(PLUGIN, scope, key).orElse("");
  }

  boolean restores(AppName app) {
    return !raw(Scope.of(app), RESTORE).equals("false");
  }

  void restores(AppName app, boolean wanted) {
    properties.set(PLUGIN, Scope.of(app), RESTORE, Boolean.toString(wanted));
  }

  String restartPolicy(AppName app) {
    return computed(Scope.of(app), POLICY);
  }

  /**
   * Answers {@code ps-get-property}.
   *
   * @throws UserError for a key that is not to be asked for
   */
  String answer(AppName app, String key) {
    return switch (key) {
      case "restart-policy" -> restartPolicy(app);
      case RESTORE -> Boolean.toString(restores(app));
      case "skip-deploy" -> computed(Scope.of(app), SKIP_DEPLOY);
      case "stop-timeout-seconds" -> computed(Scope.of(app), STOP_TIMEOUT);
      default -> throw new UserError("Invalid ps property specified: " + key);
    };
  }

  void destroy(AppName app) {
    properties.destroy(PLUGIN, app);
  }
}
