package dev.slipway.cli.config;

import dev.slipway.core.call.Call;
import dev.slipway.core.config.Config;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "config:set", description = "Set one or more config vars")
final class ConfigSet implements Runnable {
  private final Config config;
  private final Call call;

  @Mixin private final ConfigScope target;

  @Option(names = "--no-restart", description = "leave the running app alone")
  private boolean noRestart;

  @Option(names = "--encoded", description = "values are Base64")
  private boolean encoded;

  ConfigSet(Config config, Call call, ConfigScope target) {
    this.config = config;
    this.call = call;
    this.target = target;
  }

  @Override
  public void run() {
    config.set(call, target.scope(), target.rest(), encoded, !noRestart);
  }
}
