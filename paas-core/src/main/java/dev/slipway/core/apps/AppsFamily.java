package dev.slipway.core.apps;

import static dev.slipway.core.report.Property.Line.GLOBAL;
import static dev.slipway.core.report.Property.Line.OWN;
import static dev.slipway.core.triggers.CoreTriggers.APP_CREATE;
import static dev.slipway.core.triggers.CoreTriggers.APP_DESTROY;
import static dev.slipway.core.triggers.CoreTriggers.APP_EXISTS;
import static dev.slipway.core.triggers.CoreTriggers.APP_LIST;
import static dev.slipway.core.triggers.CoreTriggers.APP_MAYBE_CREATE;
import static dev.slipway.core.triggers.CoreTriggers.DEPLOY_SOURCE_SET;
import static dev.slipway.core.triggers.CoreTriggers.POST_CREATE;
import static dev.slipway.core.triggers.CoreTriggers.POST_DELETE;
import static dev.slipway.core.triggers.CoreTriggers.REPORT;

import dev.slipway.core.call.Call.PipedPrograms;
import dev.slipway.core.model.AppName;
import dev.slipway.core.model.Scope;
import dev.slipway.core.report.Property;
import dev.slipway.core.report.PropertyFamily;
import dev.slipway.core.report.PropertySet;
import dev.slipway.core.report.PropertyValues;
import dev.slipway.core.report.Report;
import dev.slipway.core.report.ReportedFlag;
import dev.slipway.core.report.Reports;
import dev.slipway.core.store.DurableFiles;
import dev.slipway.core.store.PropertyStore;
import dev.slipway.core.store.Roots;
import dev.slipway.core.triggers.Handlers;
import dev.slipway.core.triggers.Invocation;
import java.util.List;

/**
 * What the plugin {@code apps} answers, reports and lets be set. Spec: 01 sections 9.4, 9.5 and
 * 9.7.
 */
public final class AppsFamily {
  private static final String PLUGIN = Apps.PLUGIN;

  private final Roots roots;
  private final DurableFiles files;
  private final PropertyStore properties;
  private final PropertyValues values;
  private final Apps apps;
  private final AppDirectory directory;
  private final DeployLockFile lock;

  public AppsFamily(
      Roots roots,
      DurableFiles files,
      PropertyStore properties,
      Apps apps,
      AppDirectory directory,
      DeployLockFile lock) {
    this.roots = roots;
    this.files = files;
    this.properties = properties;
    this.values = new PropertyValues(properties, settable());
    this.apps = apps;
    this.directory = directory;
    this.lock = lock;
  }

  /** Registers the answers of the plugins {@code apps} and, for the list, {@code common}. */
  public void register(Handlers handlers, Reports reports, PipedPrograms programs) {
    handlers
        .on(PLUGIN, APP_CREATE, inv -> apps.create(inv.call(), inv.argument(0)))
        .on(PLUGIN, APP_DESTROY, inv -> apps.destroy(inv.call(), existing(inv), false))
        .on(PLUGIN, APP_EXISTS, this::existing)
        .on(
            PLUGIN,
            APP_MAYBE_CREATE,
            inv -> apps.createIfMissing(inv.call(), inv.argument(0), programs))
        .on("common", APP_LIST, this::list)
        .on(PLUGIN, POST_CREATE, inv -> files.createDirectories(roots.data(PLUGIN, inv.app(0))))
        .on(PLUGIN, POST_DELETE, this::forget)
        .on(PLUGIN, DEPLOY_SOURCE_SET, this::setSource)
        .on(PLUGIN, REPORT, inv -> reports.print(inv.call(), report(), existing(inv)));
  }

  private AppName existing(Invocation inv) {
    return directory.existing(inv.call(), inv.argument(0));
  }

  private void list(Invocation inv) {
    List<AppName> all =
        inv.argument(0).equals("false") ? directory.all() : directory.list(inv.call());
    all.forEach(app -> inv.out().line(app.value()));
  }

  private void forget(Invocation inv) {
    properties.destroy(PLUGIN, inv.app(0));
    files.deleteTree(roots.data(PLUGIN, inv.app(0)));
  }

  private void setSource(Invocation inv) {
    Scope app = Scope.of(inv.app(0));
    properties.set(PLUGIN, app, "deploy-source", inv.argument(1));
    properties.set(PLUGIN, app, "deploy-source-metadata", inv.argument(2));
  }

  /** {@code apps:report}. */
  public Report report() {
    return Report.of(
        "app",
        true,
        scope -> {
          List<ReportedFlag> flags = values.flags("app", scope);
          scope.app().ifPresent(app -> flags.addAll(flagsOf(app)));
          return flags;
        });
  }

  private List<ReportedFlag> flagsOf(AppName app) {
    return List.of(
        ReportedFlag.of("app-created-at", (call, s) -> values.own(app, "created-at")),
        ReportedFlag.of("app-dir", (call, s) -> roots.app(app).toString()),
        ReportedFlag.of("app-locked", (call, s) -> Boolean.toString(lock.exists(app))));
  }

  /** {@code apps:set}. */
  public static PropertySet settable() {
    return new PropertySet(
        PLUGIN,
        PropertyFamily.COMPILED,
        List.of(
            Property.perApp("deploy-source", "").shown(OWN),
            Property.perApp("deploy-source-metadata", "").shown(OWN),
            Property.globalOnly("disable-autocreation", "").shown(GLOBAL)));
  }
}
