package dev.slipway.cli.nginx;

import dev.slipway.cli.catalogue.Catalogue;
import dev.slipway.cli.catalogue.Family.Layout;
import dev.slipway.cli.catalogue.Syntax;
import dev.slipway.cli.standard.AppWords;
import dev.slipway.cli.standard.ReportCommand;
import dev.slipway.cli.standard.SetWordsCommand;
import dev.slipway.cli.standard.ShellApps;
import dev.slipway.core.call.Call;
import dev.slipway.core.model.AppName;
import dev.slipway.core.report.PropertySetter;
import dev.slipway.core.report.Reports;
import dev.slipway.core.report.Reports.VisibleApps;
import dev.slipway.proxy.NginxInspection;
import dev.slipway.proxy.NginxProxy;
import java.util.List;

/** The commands of {@code nginx}. Spec: 02 section 6.1. */
public final class NginxCommands {
  private final NginxProxy proxy;
  private final NginxInspection inspection;
  private final VisibleApps visible;
  private final ShellApps apps;

  public NginxCommands(NginxProxy proxy, VisibleApps visible) {
    this.proxy = proxy;
    this.inspection = proxy.inspection();
    this.visible = visible;
    this.apps = new ShellApps(visible);
  }

  public void addTo(Catalogue catalogue, Reports reports, PropertySetter setter) {
    catalogue
        .family("nginx", Layout.SHELL, "Manage the nginx proxy")
        .add(
            "nginx:report",
            Syntax.SHELL,
            "nginx:report [<app>] [<flag>], Displays an nginx report for one or more apps",
            call -> new ReportCommand(reports, proxy.properties().report(), call))
        .add(
            "nginx:set",
            Syntax.SHELL,
            "nginx:set <app> <property> (<value>), Set or clear an nginx property for an app",
            call -> new SetWordsCommand(setter, proxy.properties().set(), call))
        .add(
            "nginx:show-config",
            Syntax.SHELL,
            "nginx:show-config <app>, Display app nginx config",
            this::show)
        .unlisted("nginx:show-conf", Syntax.SHELL, this::show)
        .add(
            "nginx:validate-config",
            Syntax.SHELL,
            "nginx:validate-config [<app>] [--clean], Validates and optionally cleans up invalid"
                + " nginx configurations",
            this::validate)
        .unlisted("nginx:validate", Syntax.SHELL, this::validate);
  }

  private AppWords show(Call call) {
    return new AppWords((app, words) -> inspection.show(call, apps.existing(call, app)));
  }

  private AppWords validate(Call call) {
    return new AppWords(
        (app, words) -> {
          boolean clean = app.equals("--clean") || words.contains("--clean");
          inspection.validate(call, () -> scope(call, app), clean);
        });
  }

  private List<AppName> scope(Call call, String app) {
    return app.isEmpty() || app.equals("--clean")
        ? visible.list(call)
        : List.of(apps.existing(call, app));
  }
}
