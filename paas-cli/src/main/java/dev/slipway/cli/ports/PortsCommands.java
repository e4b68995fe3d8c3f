package dev.slipway.cli.ports;

import dev.slipway.cli.catalogue.Catalogue;
import dev.slipway.cli.catalogue.Family.Layout;
import dev.slipway.cli.catalogue.Syntax;
import dev.slipway.cli.standard.AppWords;
import dev.slipway.cli.standard.ReportCommand;
import dev.slipway.core.call.Call;
import dev.slipway.core.model.AppName;
import dev.slipway.core.ports.Ports;
import dev.slipway.core.report.Reports;
import dev.slipway.core.report.Reports.VisibleApps;

/** The commands of {@code ports}. Spec: 02 section 4.2. */
public final class PortsCommands {
  private final Ports ports;
  private final VisibleApps apps;

  public PortsCommands(Ports ports, VisibleApps apps) {
    this.ports = ports;
    this.apps = apps;
  }

  public void addTo(Catalogue catalogue, Reports reports) {
    catalogue
        .family("ports", Layout.COMPILED, "Manage ports for an app")
        .add(
            "ports:list",
            Syntax.COMPILED,
            "ports:list <app>, List port mappings for app",
            call -> new AppWords((app, words) -> ports.list(call, app(call, app))))
        .add(
            "ports:add",
            Syntax.COMPILED,
            "ports:add <app> [<scheme>:<host-port>:<container-port>...], Add port mappings to an"
                + " app",
            call -> new AppWords((app, words) -> ports.add(call, app(call, app), words)))
        .add(
            "ports:clear",
            Syntax.COMPILED,
            "ports:clear <app>, Clear all port mappings for an app",
            call -> new AppWords((app, words) -> ports.clear(call, app(call, app))))
        .add(
            "ports:remove",
            Syntax.COMPILED,
            "ports:remove <app> [<host-port>|<scheme>:<host-port>:<container-port>...], Remove"
                + " specific port mappings from an app",
            call -> new AppWords((app, words) -> ports.remove(call, app(call, app), words)))
        .add(
            "ports:set",
            Syntax.COMPILED,
            "ports:set <app> [<scheme>:<host-port>:<container-port>...], Set port mappings for an"
                + " app",
            call -> new AppWords((app, words) -> ports.set(call, app(call, app), words)))
        .add(
            "ports:report",
            Syntax.SHELL,
            "ports:report [<app>] [<flag>], Displays a ports report for one or more apps",
            call -> new ReportCommand(reports, ports.report(), call));
  }

  private AppName app(Call call, String name) {
    return apps.existing(call, name);
  }
}
