package dev.slipway.cli.ps;

import dev.slipway.cli.apps.OnApp;
import dev.slipway.cli.apps.OnApps;
import dev.slipway.cli.catalogue.Catalogue;
import dev.slipway.cli.catalogue.Family.Layout;
import dev.slipway.cli.catalogue.Syntax;
import dev.slipway.cli.standard.ReportCommand;
import dev.slipway.cli.standard.SetCommand;
import dev.slipway.core.builds.Builds;
import dev.slipway.core.call.Call;
import dev.slipway.core.git.GitFamily;
import dev.slipway.core.model.AppName;
import dev.slipway.core.ps.Processes;
import dev.slipway.core.ps.PsFamily;
import dev.slipway.core.ps.PsProperties;
import dev.slipway.core.ps.Retirement;
import dev.slipway.core.ps.Scales;
import dev.slipway.core.report.PropertySetter;
import dev.slipway.core.report.Reports;
import dev.slipway.core.report.Reports.VisibleApps;
import java.util.function.BiConsumer;

/** The commands of {@code ps}. */
public final class PsCommands {
  private final Processes processes;
  private final Scales scales;
  private final Retirement retirement;
  private final PsFamily family;
  private final GitFamily git;
  private final Builds builds;
  private final VisibleApps apps;

  public PsCommands(
      Processes processes,
      Scales scales,
      Retirement retirement,
      PsFamily family,
      GitFamily git,
      Builds builds,
      VisibleApps apps) {
    this.processes = processes;
    this.scales = scales;
    this.retirement = retirement;
    this.family = family;
    this.git = git;
    this.builds = builds;
    this.apps = apps;
  }

  public void addTo(Catalogue catalogue, Reports reports, PropertySetter setter) {
    catalogue
        .family("ps", Layout.COMPILED, "Manage app processes")
        .add(
            "ps:inspect",
            Syntax.COMPILED,
            "ps:inspect <app>, Displays a sanitized version of docker inspect for an app",
            call -> new OnApp(app -> processes.inspect(call, app)))
        .add(
            "ps:rebuild",
            Syntax.COMPILED,
            "ps:rebuild [--parallel count] [--all|<app>], Rebuilds an app from source",
            call -> onApps("rebuild", call, (app, type) -> git.rebuild(call, app)))
        .add(
            "ps:report",
            Syntax.SHELL,
            "ps:report [<app>] [<flag>], Displays a process report for one or more apps",
            call -> new ReportCommand(reports, family.report(), call))
        .add(
            "ps:restart",
            Syntax.COMPILED,
            "ps:restart [--parallel count] [--all|<app>] [<process-name>], Restart an app",
            call ->
                onApps(
                    "restart",
                    call,
                    (app, type) ->
                        builds.captured(
                            call, app, "ps:restart", now -> processes.restart(now, app, type))))
        .add(
            "ps:restore",
            Syntax.COMPILED,
            "ps:restore [<app>], Start previously running apps e.g. after reboot",
            call -> new PsRestore(processes, apps, call))
        .unlisted("ps:retire", Syntax.COMPILED, call -> new PsRetire(retirement, call))
        .add(
            "ps:scale",
            Syntax.COMPILED,
            "ps:scale [--skip-deploy] [--format stdout|json] <app> [<proc>=<count>...], Get/Set"
                + " how many instances of a given process to run",
            call -> new PsScale(scales, call))
        .add(
            "ps:set",
            Syntax.COMPILED,
            "ps:set <app> <key> <value>, Set or clear a ps property for an app",
            call -> new SetCommand(setter, PsProperties.settable(), call))
        .add(
            "ps:start",
            Syntax.COMPILED,
            "ps:start [--parallel count] [--all|<app>], Start an app",
            call -> onApps("start", call, (app, type) -> processes.start(call, app)))
        .add(
            "ps:stop",
            Syntax.COMPILED,
            "ps:stop [--parallel count] [--all|<app>], Stop an app",
            call -> onApps("stop", call, (app, type) -> processes.stop(call, app)));
  }

  private OnApps onApps(String name, Call call, BiConsumer<AppName, String> action) {
    return new OnApps(name, apps, call, action);
  }
}
