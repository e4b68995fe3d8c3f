package dev.slipway.cli.config;

import dev.slipway.core.call.Call;
import dev.slipway.core.config.Config;
import dev.slipway.core.error.UserError;
import dev.slipway.core.model.Scope;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The bare word {@code config}, which still takes two flags of old releases. */
@Command(name = "config", description = "Pretty-print an app or global environment")
final class ConfigOverview implements Runnable {
  private final Config config;
  private final Call call;

  @Mixin private final ConfigScope target;

  @Option(names = "--merged", description = "the global environment below the one of the app")
  private boolean merged;

  @Option(names = "--shell", description = "deprecated: config:export --format shell")
  private boolean shell;

  @Option(names = "--export", description = "deprecated: config:export --format exports")
  private boolean export;

  ConfigOverview(Config config, Call call, ConfigScope target) {
    this.config = config;
    this.call = call;
    this.target = target;
  }

  @Override
  public void run() {
    if (shell && export) {
      throw new UserError("Only one of --shell and --export can be given");
    }
    Scope scope = target.scope();
    if (shell || export) {
      String format = shell ? "shell" : "exports";
      call.out().warn("Deprecated: Use 'config:export --format " + format + "' instead");
      config.export(call, scope, merged, format);
    } else {
      config.show(call, scope, merged);
    }
  }
}
