package dev.slipway.cli.apps;

import dev.slipway.cli.catalogue.Catalogue;
import dev.slipway.cli.catalogue.Family.Layout;
import dev.slipway.cli.catalogue.Syntax;
import dev.slipway.cli.standard.ReportCommand;
import dev.slipway.cli.standard.SetCommand;
import dev.slipway.core.apps.AppDirectory;
import dev.slipway.core.apps.Apps;
import dev.slipway.core.apps.AppsFamily;
import dev.slipway.core.apps.DeployLockFile;
import dev.slipway.core.report.PropertySetter;
import dev.slipway.core.report.Reports;

/** The commands of {@code apps}. */
public final class AppsCommands {
  private final Apps apps;
  private final AppDirectory directory;
  private final DeployLockFile lock;
  private final AppsFamily family;

  public AppsCommands(Apps apps, AppDirectory directory, DeployLockFile lock, AppsFamily family) {
    this.apps = apps;
    this.directory = directory;
    this.lock = lock;
    this.family = family;
  }

  public void addTo(Catalogue catalogue, Reports reports, PropertySetter setter) {
    catalogue
        .family("apps", Layout.COMPILED, "Manage apps")
        .unlisted("apps", Syntax.COMPILED_FLAGS_FIRST, call -> new AppsOverview(directory, call))
        .add(
            "apps:create",
            Syntax.COMPILED,
            "apps:create <app>, Create a new app",
            call -> new AppsCreate(apps, call))
        .add(
            "apps:destroy",
            Syntax.COMPILED,
            "apps:destroy <app>, Permanently destroy an app",
            call -> new AppsDestroy(apps, call))
        .add(
            "apps:exists",
            Syntax.COMPILED,
            "apps:exists <app>, Checks if an app exists",
            call -> new OnApp(app -> directory.existing(call, app.value())))
        .add(
            "apps:list",
            Syntax.COMPILED,
            "apps:list [--format stdout|json], List your apps",
            call -> new AppsList(directory, call))
        .add(
            "apps:lock",
            Syntax.COMPILED,
            "apps:lock <app>, Locks an app for deployment",
            call -> new OnApp(app -> lock.lock(call, app)))
        .add(
            "apps:locked",
            Syntax.COMPILED,
            "apps:locked <app>, Checks if an app is locked for deployment",
            call -> new OnApp(app -> lock.requireLocked(call, app)))
        .add(
            "apps:report",
            Syntax.SHELL,
            "apps:report [<app>] [<flag>], Display report about an app",
            call -> new ReportCommand(reports, family.report(), call))
        .add(
            "apps:set",
            Syntax.COMPILED,
            "apps:set <app>|--global <key> <value>, Set or clear an apps property",
            call -> new SetCommand(setter, AppsFamily.settable(), call))
        .add(
            "apps:unlock",
            Syntax.COMPILED,
            "apps:unlock <app>, Unlocks an app for deployment",
            call -> new OnApp(app -> lock.unlock(call, app)));
  }
}
