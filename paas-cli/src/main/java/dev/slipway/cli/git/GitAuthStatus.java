package dev.slipway.cli.git;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.ToIntFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code git:auth-status}: answers by its exit status. */
@Command(name = "git:auth-status", description = "Whether the netrc entry is as given")
final class GitAuthStatus implements Callable<Integer> {
  private final ToIntFunction<List<String>> action;

  @Parameters(arity = "0..*", paramLabel = "HOST USER PASSWORD")
  private List<String> words = new ArrayList<>();

  GitAuthStatus(ToIntFunction<List<String>> action) {
    this.action = action;
  }

  @Override
  public Integer call() {
    return action.applyAsInt(List.copyOf(words));
  }
}
