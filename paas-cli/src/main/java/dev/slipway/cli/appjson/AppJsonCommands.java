package dev.slipway.cli.appjson;

import dev.slipway.cli.catalogue.Catalogue;
import dev.slipway.cli.catalogue.Family.Layout;
import dev.slipway.cli.catalogue.Syntax;
import dev.slipway.cli.standard.ReportCommand;
import dev.slipway.cli.standard.SetCommand;
import dev.slipway.core.appjson.AppJsons;
import dev.slipway.core.report.PropertySetter;
import dev.slipway.core.report.Reports;

/** The commands of {@code app-json}. */
public final class AppJsonCommands {
  private final AppJsons appJsons;

  public AppJsonCommands(AppJsons appJsons) {
    this.appJsons = appJsons;
  }

  public void addTo(Catalogue catalogue, Reports reports, PropertySetter setter) {
    catalogue
        .family("app-json", Layout.COMPILED, "Manage app-json settings for an app")
        .add(
            "app-json:report",
            Syntax.SHELL,
            "app-json:report [<app>] [<flag>], Displays a app-json report for one or more apps",
            call -> new ReportCommand(reports, appJsons.report(), call))
        .add(
            "app-json:set",
            Syntax.COMPILED,
            "app-json:set <app> <property> (<value>), Set or clear a app-json property for an app",
            call -> new SetCommand(setter, AppJsons.SET, call));
  }
}
