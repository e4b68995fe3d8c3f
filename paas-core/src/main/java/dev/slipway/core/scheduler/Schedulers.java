package dev.slipway.core.scheduler;

import static dev.slipway.core.triggers.CoreTriggers.POST_DELETE;
import static dev.slipway.core.triggers.CoreTriggers.REPORT;
import static dev.slipway.core.triggers.CoreTriggers.SCHEDULER_APP_STATUS;
import static dev.slipway.core.triggers.CoreTriggers.SCHEDULER_DETECT;

import dev.slipway.core.model.Scope;
import dev.slipway.core.report.Property;
import dev.slipway.core.report.PropertyFamily;
import dev.slipway.core.report.PropertySet;
import dev.slipway.core.report.PropertyValues;
import dev.slipway.core.report.Report;
import dev.slipway.core.report.Reports;
import dev.slipway.core.store.PropertyStore;
import dev.slipway.core.triggers.Handlers;
import dev.slipway.core.triggers.Invocation;
import java.util.List;

/** The properties of the plugin {@code scheduler}, and the null scheduler. Spec: 04 section 4. */
public final class Schedulers {
  private static final String PLUGIN = "scheduler";
  private static final String DEFAULT = "docker-local";

  private final PropertyStore properties;
  private final PropertyValues values;

  public Schedulers(PropertyStore properties) {
    this.properties = properties;
    this.values = new PropertyValues(properties, settable());
  }

  public void register(Handlers handlers, Reports reports) {
    handlers
        .on(PLUGIN, SCHEDULER_DETECT, this::detect)
        .on(PLUGIN, POST_DELETE, inv -> properties.destroy(PLUGIN, inv.app(0)))
        .on(PLUGIN, REPORT, inv -> reports.print(inv.call(), report(), inv.app(0)))
        .on("scheduler-null", SCHEDULER_APP_STATUS, Schedulers::nullStatus);
  }

  private void detect(Invocation inv) {
    Scope scope = inv.argument(0).equals("--global") ? Scope.GLOBAL : Scope.of(inv.app(0));
    inv.out().line(values.computed(scope, "selected"));
  }

  private static void nullStatus(Invocation inv) {
    if (inv.argument(0).equals("null")) {
      inv.out().line("1 true");
    }
  }

  /** {@code scheduler:report}. */
  public Report report() {
    return values.report(true);
  }

  /** {@code scheduler:set}. */
  public static PropertySet settable() {
    return new PropertySet(
        PLUGIN,
        PropertyFamily.COMPILED,
        List.of(Property.everywhere("selected", DEFAULT), Property.everywhere("shell", "")));
  }
}
