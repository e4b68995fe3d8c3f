package dev.slipway.core.ps;

import dev.slipway.core.error.UserError;
import dev.slipway.core.model.AppName;
import dev.slipway.core.model.Scope;
import dev.slipway.core.report.Property;
import dev.slipway.core.report.PropertyFamily;
import dev.slipway.core.report.PropertySet;
import dev.slipway.core.report.PropertyValues;
import dev.slipway.core.report.Report;
import dev.slipway.core.report.ReportedFlag;
import dev.slipway.core.store.PropertyStore;
import java.util.List;
import java.util.function.Function;

/** The properties of the plugin {@code ps}. Spec: 04 section 3.11. */
public final class PsProperties {
  static final String PLUGIN = "ps";
  private static final String RESTORE = "restore";

  private static final String POLICY = "restart-policy";
  private static final String SKIP_DEPLOY = "skip-deploy";
  private static final String STOP_TIMEOUT = "stop-timeout-seconds";

  private final PropertyStore properties;
  private final PropertyValues values;

  public PsProperties(PropertyStore properties) {
    this.properties = properties;
    this.values = new PropertyValues(properties, settable());
  }

  /** {@code ps:set}. */
  public static PropertySet settable() {
    return new PropertySet(
        PLUGIN,
        PropertyFamily.COMPILED,
        List.of(
            Property.perApp("dockerfile-start-cmd", ""),
            Property.everywhere("procfile-path", "Procfile").checked(PsProperties::trimmed),
            Property.everywhere(POLICY, "on-failure:10").checked(PsProperties::policy),
            Property.perApp(RESTORE, "true").shown(),
            Property.everywhere(SKIP_DEPLOY, "false"),
            Property.perApp("start-cmd", ""),
            Property.everywhere(STOP_TIMEOUT, "30").checked(PsProperties::seconds)));
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

  Report report(Function<Scope, List<ReportedFlag>> more) {
    return values.report(true, more);
  }

  boolean restores(AppName app) {
    return !values.own(app, RESTORE).equals("false");
  }

  void restores(AppName app, boolean wanted) {
    properties.set(PLUGIN, Scope.of(app), RESTORE, Boolean.toString(wanted));
  }

  String restartPolicy(AppName app) {
    return values.computed(app, POLICY);
  }

  /**
   * Answers {@code ps-get-property}.
   *
   * @throws UserError for a key that is not to be asked for
   */
  String answer(AppName app, String key) {
    return switch (key) {
      case RESTORE -> Boolean.toString(restores(app));
      case POLICY, SKIP_DEPLOY, STOP_TIMEOUT -> values.computed(app, key);
      default -> throw new UserError("Invalid ps property specified: " + key);
    };
  }

  void destroy(AppName app) {
    properties.destroy(PLUGIN, app);
  }
}
