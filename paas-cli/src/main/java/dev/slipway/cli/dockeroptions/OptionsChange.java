package dev.slipway.cli.dockeroptions;

import dev.slipway.core.model.AppName;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A command on options of one app; flags stand before the app, since options look like flags. */
@Command(name = "docker-options", description = "Changes the options of an app")
final class OptionsChange implements Runnable {
  /** What the command does with its words. */
  @FunctionalInterface
  interface Action {
    void run(AppName app, String phases, List<String> processes, List<String> words);
  }

  private final Action action;

  @Option(names = "--process", description = "only for this process type")
  private List<String> processes = new ArrayList<>();

  @Parameters(index = "0", arity = "0..1", defaultValue = "", paramLabel = "APP")
  private @Nullable AppName app;

  @Parameters(index = "1", arity = "0..1", defaultValue = "", paramLabel = "PHASES")
  private String phases = "";

  @Parameters(index = "2..*", arity = "0..*", paramLabel = "OPTION")
  private List<String> words = new ArrayList<>();

  OptionsChange(Action action) {
    this.action = action;
  }

  @Override
  public void run() {
    action.run(Objects.requireNonNull(app), phases, processes, words);
  }
}
