package dev.slipway.cli.network;

import dev.slipway.cli.catalogue.Catalogue;
import dev.slipway.cli.catalogue.Family.Layout;
import dev.slipway.cli.catalogue.Syntax;
import dev.slipway.cli.standard.ReportCommand;
import dev.slipway.core.network.Networks;
import dev.slipway.core.report.Reports;

/** The commands of {@code network} that exist so far. Spec: 02 section 8.1. */
public final class NetworkCommands {
  private final Networks networks;

  public NetworkCommands(Networks networks) {
    this.networks = networks;
  }

  public void addTo(Catalogue catalogue, Reports reports) {
    catalogue
        .family("network", Layout.COMPILED, "Manage network settings for an app")
        .add(
            "network:report",
            Syntax.SHELL,
            "network:report [<app>] [<flag>], Displays a network report for one or more apps",
            call -> new ReportCommand(reports, networks.report(), call));
  }
}
