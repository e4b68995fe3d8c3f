package dev.slipway.cli.git;

import dev.slipway.core.model.AppName;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code git:status}: git's own words and exit status. */
@Command(name = "git:status", description = "show the working tree status for an app")
final class GitStatus implements Callable<Integer> {
  private final ToIntFunction<AppName> action;

  @Parameters(index = "0", arity = "0..1", defaultValue = "", paramLabel = "APP")
  private @Nullable AppName app;

  GitStatus(ToIntFunction<AppName> action) {
    this.action = action;
  }

  @Override
  public Integer call() {
    return action.applyAsInt(Objects.requireNonNull(app));
  }
}
