package dev.slipway.cli.config;

import dev.slipway.core.call.Call;
import dev.slipway.core.config.Config;
import dev.slipway.core.report.Reports.VisibleApps;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "config:clear", description = "Clears environment variables")
final class ConfigClear implements Runnable {
  private final Config config;
  private final VisibleApps apps;
  private final Call call;

  @Mixin private ConfigScope target = new ConfigScope();

  @Option(names = "--no-restart", description = "leave the running app alone")
  private boolean noRestart;

  ConfigClear(Config config, VisibleApps apps, Call call) {
    this.config = config;
    this.apps = apps;
    this.call = call;
  }

  @Override
  public void run() {
    config.clear(call, target.scope(apps, call), !noRestart);
  }
}
