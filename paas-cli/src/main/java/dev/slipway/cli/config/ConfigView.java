package dev.slipway.cli.config;

import dev.slipway.core.model.Scope;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code config:show} and {@code config:keys}. */
@Command(name = "config-view", description = "Shows an environment")
final class ConfigView implements Runnable {
  private final View view;

  @Mixin private final ConfigScope target;

  @Option(names = "--merged", description = "the global environment below the one of the app")
  private boolean merged;

  /** Shows what is asked for. */
  @FunctionalInterface
  interface View {
    void show(Scope scope, boolean merged);
  }

  ConfigView(ConfigScope target, View view) {
    this.target = target;
    this.view = view;
  }

  @Override
  public void run() {
    view.show(target.scope(), merged);
  }
}
