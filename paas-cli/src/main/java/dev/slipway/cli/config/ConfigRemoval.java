package dev.slipway.cli.config;

import dev.slipway.core.model.Scope;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code config:unset} and {@code config:clear}. */
@Command(name = "config-removal", description = "Takes variables out of an environment")
final class ConfigRemoval implements Runnable {
  private final Removal removal;

  @Mixin private final ConfigScope target;

  @Option(names = "--no-restart", description = "leave the running app alone")
  private boolean noRestart;

  /** Removes what the words name. */
  @FunctionalInterface
  interface Removal {
    void remove(Scope scope, List<String> words, boolean restart);
  }

  ConfigRemoval(ConfigScope target, Removal removal) {
    this.target = target;
    this.removal = removal;
  }

  @Override
  public void run() {
    removal.remove(target.scope(), target.rest(), !noRestart);
  }
}
