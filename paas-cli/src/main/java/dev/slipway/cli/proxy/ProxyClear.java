package dev.slipway.cli.proxy;

import dev.slipway.core.call.Call;
import dev.slipway.core.proxy.Proxies;
import dev.slipway.core.report.Reports.VisibleApps;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The proxy is told of all apps at once, with the word that the caller used. */
@Command(name = "proxy:clear-config", description = "Clears config for a given app")
final class ProxyClear implements Runnable {
  private final Proxies proxies;
  private final VisibleApps apps;
  private final Call call;

  @Option(names = "--all", description = "for all apps")
  private boolean all;

  @Parameters(index = "0", arity = "0..1", defaultValue = "", paramLabel = "APP")
  private String app = "";

  ProxyClear(Proxies proxies, VisibleApps apps, Call call) {
    this.proxies = proxies;
    this.apps = apps;
    this.call = call;
  }

  @Override
  public void run() {
    proxies.clearConfig(call, all ? "--all" : apps.existing(call, app).value());
  }
}
