package dev.slipway.cli.checks;

import dev.slipway.cli.catalogue.Catalogue;
import dev.slipway.cli.catalogue.Family.Layout;
import dev.slipway.cli.catalogue.Syntax;
import dev.slipway.cli.standard.ReportCommand;
import dev.slipway.cli.standard.SetWordsCommand;
import dev.slipway.core.checks.ChecksFamily;
import dev.slipway.core.report.PropertySetter;
import dev.slipway.core.report.Reports;
import dev.slipway.core.report.Reports.VisibleApps;

/** The commands of {@code checks}. */
public final class ChecksCommands {
  private final ChecksFamily checks;
  private final VisibleApps apps;

  public ChecksCommands(ChecksFamily checks, VisibleApps apps) {
    this.checks = checks;
    this.apps = apps;
  }

  public void addTo(Catalogue catalogue, Reports reports, PropertySetter setter) {
    catalogue
        .family("checks", Layout.SHELL, "Manage zero-downtime settings")
        .add(
            "checks:disable",
            Syntax.SHELL,
            "checks:disable <app> [process-type(s)], Disable zero-downtime deployment for all"
                + " processes (or comma-separated process-type list) ***WARNING: this will cause"
                + " downtime during deployments***",
            call -> new ChecksSwitch(apps, call, (app, types) -> checks.disable(call, app, types)))
        .add(
            "checks:enable",
            Syntax.SHELL,
            "checks:enable <app> [process-type(s)], Enable zero-downtime deployment for all"
                + " processes (or comma-separated process-type list)",
            call -> new ChecksSwitch(apps, call, (app, types) -> checks.enable(call, app, types)))
        .add(
            "checks:report",
            Syntax.SHELL,
            "checks:report [<app>] [<flag>], Displays a checks report for one or more apps",
            call -> new ReportCommand(reports, checks.report(), call))
        .add(
            "checks:set",
            Syntax.SHELL,
            "checks:set [--global|<app>] <key> <value>, Set or clear a logs property for an app",
            call -> new SetWordsCommand(setter, ChecksFamily.settable(), call))
        .add(
            "checks:skip",
            Syntax.SHELL,
            "checks:skip <app> [process-type(s)], Skip zero-downtime checks for all processes (or"
                + " comma-separated process-type list)",
            call -> new ChecksSwitch(apps, call, (app, types) -> checks.skip(call, app, types)));
  }
}
