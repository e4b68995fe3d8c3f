package dev.slipway.core.checks;

import static dev.slipway.core.triggers.CoreTriggers.CHECKS_GET_PROPERTY;
import static dev.slipway.core.triggers.CoreTriggers.CHECK_DEPLOY;
import static dev.slipway.core.triggers.CoreTriggers.POST_DELETE;
import static dev.slipway.core.triggers.CoreTriggers.POST_RELEASE_BUILDER;
import static dev.slipway.core.triggers.CoreTriggers.REPORT;

import dev.slipway.core.call.Call;
import dev.slipway.core.error.UserError;
import dev.slipway.core.model.AppName;
import dev.slipway.core.model.ProcessType;
import dev.slipway.core.model.Scope;
import dev.slipway.core.report.Property;
import dev.slipway.core.report.PropertyFamily;
import dev.slipway.core.report.PropertySet;
import dev.slipway.core.report.PropertyValues;
import dev.slipway.core.report.Report;
import dev.slipway.core.report.ReportedFlag;
import dev.slipway.core.report.Reports;
import dev.slipway.core.store.PropertyStore;
import dev.slipway.core.triggers.Handlers;
import dev.slipway.core.triggers.Invocation;
import dev.slipway.core.triggers.Trigger;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What the plugin {@code checks} answers, reports and lets be set, and the commands that turn
 * checks off. Spec: 04 sections 6.1 and 6.2.
 */
public final class ChecksFamily {
  private static final String PLUGIN = ZeroDowntime.PLUGIN;
  private static final String SCHEDULER = "scheduler-docker-local";
  private static final Trigger CHECK_LIMIT = new Trigger("slipway-check-limit");
  private static final String WAIT = "wait-to-retire";
  private static final String DEFAULT_WAIT = "60";

  private final PropertyStore properties;
  private final PropertyValues values;
  private final ZeroDowntime zeroDowntime;
  private final Checks checks;

  public ChecksFamily(PropertyStore properties, Checks checks) {
    this.properties = properties;
    this.values = new PropertyValues(properties, settable());
    this.zeroDowntime = new ZeroDowntime(properties);
    this.checks = checks;
  }

  public void register(Handlers handlers, Reports reports) {
    handlers
        .on(PLUGIN, CHECKS_GET_PROPERTY, this::getProperty)
        .on(PLUGIN, POST_DELETE, inv -> properties.destroy(PLUGIN, inv.app(0)))
        .on(PLUGIN, REPORT, inv -> reports.print(inv.call(), report(), inv.app(0)))
        .on(SCHEDULER, POST_RELEASE_BUILDER, inv -> checks.announce(inv.call(), inv.app(1)))
        .on(SCHEDULER, CHECK_LIMIT, this::limit)
        .on(SCHEDULER, CHECK_DEPLOY, this::check);
  }

  private void getProperty(Invocation inv) {
    if (!inv.argument(1).equals(WAIT)) {
      throw UserError.silent(1);
    }
    inv.out().line(values.computed(inv.app(0), WAIT));
  }

  /** {@code APP TYPE PORT}: answers with what the startup checks may take, in seconds. */
  private void limit(Invocation inv) {
    ProcessType type = new ProcessType(inv.argument(1));
    inv.out().line("" + checks.limit(inv.call(), inv.app(0), type, port(inv.argument(2))));
  }

  private static int port(String text) {
    return text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 5000;
  }

  private void check(Invocation inv) {
    String index = inv.argument(5);
    checks.run(
        inv.call(),
        new Target(
            inv.app(0),
            inv.argument(1),
            new ProcessType(inv.argument(2)),
            port(inv.argument(3)),
            inv.argument(4),
            index.matches("[1-9][0-9]{0,5}")
                ? Optional.of(Integer.valueOf(index))
                : Optional.empty()));
  }

  /**
   * {@code checks:disable}: deploys with downtime.
   *
   * @param types comma separated, all if empty
   */
  public void disable(Call call, AppName app, String types) {
    put(call, app, types, ZeroDowntime.DISABLED, "Disabling");
  }

  /** {@code checks:skip}: deploys unchecked. */
  public void skip(Call call, AppName app, String types) {
    put(call, app, types, ZeroDowntime.SKIPPED, "Skipping");
  }

  private void put(Call call, AppName app, String types, String list, String doing) {
    if (types.isEmpty()) {
      call.out().step(doing + " zero downtime for app (" + app + ")");
      zeroDowntime.putAll(app, list);
    } else {
      call.out().step(doing + " zero downtime for app's (" + app + ") proctypes (" + types + ")");
      zeroDowntime.put(app, list, split(types));
    }
  }

  /** {@code checks:enable}: takes types off both lists. */
  public void enable(Call call, AppName app, String types) {
    if (types.isEmpty()) {
      call.out().step("Enabling zero downtime for app's (" + app + ")");
      zeroDowntime.removeAll(app);
    } else {
      call.out().step("Enabling zero downtime for app's (" + app + ") proctypes (" + types + ")");
      zeroDowntime.remove(app, split(types));
    }
  }

  private static List<String> split(String types) {
    return Arrays.stream(types.split(",", -1))
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .toList();
  }

  /** {@code checks:set}. */
  public static PropertySet settable() {
    return new PropertySet(
        PLUGIN,
        PropertyFamily.SHELL_APP_FIRST,
        List.of(Property.everywhere(WAIT, DEFAULT_WAIT).checked(ChecksFamily::seconds)));
  }

  private static String seconds(String value) {
    if (!value.matches("[0-9]{1,6}")) {
      throw new UserError("Invalid wait-to-retire specified, it counts seconds");
    }
    return value;
  }

  /** {@code checks:report}. */
  public Report report() {
    return values.report(false, this::lists);
  }

  private List<ReportedFlag> lists(Scope scope) {
    return scope.app().isEmpty()
        ? List.of()
        : List.of(
            ReportedFlag.of("checks-disabled-list", (call, s) -> list(s, "disabled")),
            ReportedFlag.of("checks-skipped-list", (call, s) -> list(s, "skipped")));
  }

  private String list(Scope scope, String key) {
    String names = values.own(scope, key);
    return names.isEmpty() ? "none" : names;
  }
}
