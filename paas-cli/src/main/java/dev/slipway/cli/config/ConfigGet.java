package dev.slipway.cli.config;

import dev.slipway.core.call.Call;
import dev.slipway.core.config.Config;
import dev.slipway.core.error.UserError;
import dev.slipway.core.model.Scope;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "config:get", description = "Display a global or app-specific config value")
final class ConfigGet implements Runnable {
  private final Config config;
  private final Call call;

  @Mixin private final ConfigScope target;

  @Option(names = "--quoted", description = "quote the value for a shell")
  private boolean quoted;

  ConfigGet(Config config, Call call, ConfigScope target) {
    this.config = config;
    this.call = call;
    this.target = target;
  }

  @Override
  public void run() {
    Scope scope = target.scope();
    List<String> keys = target.rest();
    if (keys.isEmpty()) {
      throw new UserError("Expected: key");
    }
    if (keys.size() > 1) {
      throw new UserError(
          "Unexpected argument(s): [" + String.join(" ", keys.subList(1, keys.size())) + "]");
    }
    config.get(call, scope, keys.getFirst(), quoted);
  }
}
