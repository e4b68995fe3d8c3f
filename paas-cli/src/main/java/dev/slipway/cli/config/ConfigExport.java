package dev.slipway.cli.config;

import dev.slipway.core.call.Call;
import dev.slipway.core.config.Config;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "config:export", description = "Export a global or app environment")
final class ConfigExport implements Runnable {
  private final Config config;
  private final Call call;

  @Mixin private final ConfigScope target;

  @Option(names = "--merged", description = "the global environment below the one of the app")
  private boolean merged;

  @Option(names = "--format", description = "the form of the output")
  private String format = "exports";

  ConfigExport(Config config, Call call, ConfigScope target) {
    this.config = config;
    this.call = call;
    this.target = target;
  }

  @Override
  public void run() {
    config.export(call, target.scope(), merged, format);
  }
}
