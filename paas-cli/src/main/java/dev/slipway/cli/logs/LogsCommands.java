package dev.slipway.cli.logs;

import dev.slipway.cli.catalogue.Catalogue;
import dev.slipway.cli.catalogue.Family.Layout;
import dev.slipway.cli.catalogue.Syntax;
import dev.slipway.core.logs.Logs;
import dev.slipway.core.report.Reports.VisibleApps;

/** The commands of {@code logs}. */
public final class LogsCommands {
  private final Logs logs;
  private final VisibleApps apps;

  public LogsCommands(Logs logs, VisibleApps apps) {
    this.logs = logs;
    this.apps = apps;
  }

  public void addTo(Catalogue catalogue) {
    catalogue
        .family("logs", Layout.COMPILED, "Manage log integration for an app")
        .add(
            "logs",
            Syntax.COMPILED,
            "logs [-h|--help] [-t|--tail] [-n|--num num] [-q|--quiet] [-p|--ps process] <app>,"
                + " Display recent log output",
            call -> new LogsShow(logs, call))
        .add(
            "logs:failed",
            Syntax.COMPILED,
            "logs:failed [--all|<app>], Shows the last failed deploy logs",
            call -> new LogsFailed(logs, apps, call))
        .attended("logs");
  }
}
