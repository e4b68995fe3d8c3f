package dev.slipway.cli.config;

import dev.slipway.core.call.Call;
import dev.slipway.core.config.Config;
import dev.slipway.core.report.Reports.VisibleApps;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "config:keys", description = "Show keys set in environment")
final class ConfigKeys implements Runnable {
  private final Config config;
  private final VisibleApps apps;
  private final Call call;

  @Mixin private ConfigScope target = new ConfigScope();

  @Option(names = "--merged", description = "the global environment below the one of the app")
  private boolean merged;

  ConfigKeys(Config config, VisibleApps apps, Call call) {
    this.config = config;
    this.apps = apps;
    this.call = call;
  }

  @Override
  public void run() {
    config.keys(call, target.scope(apps, call), merged);
  }
}
