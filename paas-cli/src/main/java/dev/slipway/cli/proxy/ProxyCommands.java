package dev.slipway.cli.proxy;

import dev.slipway.cli.apps.OnApps;
import dev.slipway.cli.catalogue.Catalogue;
import dev.slipway.cli.catalogue.Family.Layout;
import dev.slipway.cli.catalogue.Syntax;
import dev.slipway.cli.standard.ReportCommand;
import dev.slipway.core.proxy.Proxies;
import dev.slipway.core.report.PropertySetter;
import dev.slipway.core.report.Reports;
import dev.slipway.core.report.Reports.VisibleApps;

/** The commands of {@code proxy}. Spec: 02 section 5. */
public final class ProxyCommands {
  private final Proxies proxies;
  private final VisibleApps apps;

  public ProxyCommands(Proxies proxies, VisibleApps apps) {
    this.proxies = proxies;
    this.apps = apps;
  }

  public void addTo(Catalogue catalogue, Reports reports, PropertySetter setter) {
    catalogue
        .family("proxy", Layout.COMPILED, "Manage the proxy integration for an app")
        .add(
            "proxy:build-config",
            Syntax.COMPILED,
            "proxy:build-config [--parallel count] [--all|<app>], (Re)builds config for a given"
                + " app",
            call ->
                new OnApps(
                    "build-config", apps, call, (app, word) -> proxies.buildConfig(call, app)))
        .add(
            "proxy:clear-config",
            Syntax.COMPILED,
            "proxy:clear-config [--all|<app>], Clears config for a given app",
            call -> new ProxyClear(proxies, apps, call))
        .add(
            "proxy:disable",
            Syntax.COMPILED,
            "proxy:disable <app>, Disable proxy for app",
            call -> new OnApps("disable", apps, call, (app, word) -> proxies.disable(call, app)))
        .add(
            "proxy:enable",
            Syntax.COMPILED,
            "proxy:enable <app>, Enable proxy for app",
            call -> new OnApps("enable", apps, call, (app, word) -> proxies.enable(call, app)))
        .add(
            "proxy:report",
            Syntax.SHELL,
            "proxy:report [<app>] [<flag>], Displays a proxy report for one or more apps",
            call -> new ReportCommand(reports, proxies.report(), call))
        .add(
            "proxy:set",
            Syntax.COMPILED,
            "proxy:set <app> <proxy-type>, Set proxy type for app",
            call -> new ProxySet(proxies, setter, call));
  }
}
