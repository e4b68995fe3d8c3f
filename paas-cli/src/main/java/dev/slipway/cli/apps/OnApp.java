package dev.slipway.cli.apps;

import dev.slipway.core.model.AppName;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** A command whose one parameter is an app that exists. */
@Command(name = "on-app", description = "Does something with one app")
public final class OnApp implements Runnable {
  private final Consumer<AppName> action;

  @Parameters(index = "0", arity = "0..1", defaultValue = "", paramLabel = "APP")
  private @Nullable AppName app;

  public OnApp(Consumer<AppName> action) {
    this.action = action;
  }

  @Override
  public void run() {
    action.accept(Objects.requireNonNull(app));
  }
}
