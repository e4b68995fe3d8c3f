package dev.slipway.cli.builds;

import dev.slipway.cli.apps.OnApp;
import dev.slipway.cli.catalogue.Catalogue;
import dev.slipway.cli.catalogue.Family.Layout;
import dev.slipway.cli.catalogue.Syntax;
import dev.slipway.cli.standard.ReportCommand;
import dev.slipway.cli.standard.SetCommand;
import dev.slipway.core.builds.BuildCancel;
import dev.slipway.core.builds.BuildList;
import dev.slipway.core.builds.BuildOutput;
import dev.slipway.core.builds.BuildProperties;
import dev.slipway.core.builds.BuildRecords;
import dev.slipway.core.builds.BuildReport;
import dev.slipway.core.report.PropertySetter;
import dev.slipway.core.report.Reports;
import dev.slipway.core.report.Reports.VisibleApps;

/** The commands of {@code builds}. */
public final class BuildsCommands {
  private final BuildRecords records;
  private final BuildList list;
  private final BuildOutput output;
  private final BuildCancel cancel;
  private final BuildReport report;
  private final VisibleApps apps;

  public BuildsCommands(
      BuildRecords records,
      BuildList list,
      BuildOutput output,
      BuildCancel cancel,
      BuildReport report,
      VisibleApps apps) {
    this.records = records;
    this.list = list;
    this.output = output;
    this.cancel = cancel;
    this.report = report;
    this.apps = apps;
  }

  public void addTo(Catalogue catalogue, Reports reports, PropertySetter setter) {
    catalogue
        .family("builds", Layout.COMPILED, "Manage running and historical builds")
        .add(
            "builds:cancel",
            Syntax.COMPILED,
            "builds:cancel <app>, Cancel a running build for an app",
            call -> new OnApp(app -> cancel.run(call, app)))
        .add(
            "builds:info",
            Syntax.COMPILED,
            "builds:info <app> <build-id> [--format json|stdout], Show details for a single build",
            call -> new BuildsInfo(list, call))
        .add(
            "builds:list",
            Syntax.COMPILED,
            "builds:list [<app>] [--format json] [--kind build|deploy] [--status <status>],"
                + " List builds",
            call -> new BuildsList(list, call))
        .add(
            "builds:output",
            Syntax.COMPILED,
            "builds:output <app> [<build-id>|current], Show build output",
            call -> new BuildsOutput(output, call))
        .add(
            "builds:prune",
            Syntax.COMPILED,
            "builds:prune <app> [--all-apps], Prune build records to retention",
            call -> new BuildsPrune(records, apps, call))
        .add(
            "builds:report",
            Syntax.SHELL,
            "builds:report [<app>] [<flag>], Display a build report for one or more apps",
            call -> new ReportCommand(reports, report.report(), call))
        .add(
            "builds:set",
            Syntax.COMPILED,
            "builds:set [--global|<app>] <key> [<value>], Set or clear a builds property",
            call -> new SetCommand(words -> BuildProperties.set(call, setter, words)))
        .attended("builds:output");
  }
}
