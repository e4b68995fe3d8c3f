package dev.slipway.cli.buildpacks;

import dev.slipway.core.model.AppName;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A command on the list of buildpacks of one app. */
@Command(name = "buildpacks", description = "Changes the buildpacks of an app")
final class BuildpacksChange implements Runnable {
  /**
   * What the command does with its words.
   *
   * @see #index
   */
  @FunctionalInterface
  interface Action {
    void run(AppName app, int index, boolean replace, List<String> words);
  }

  private final Action action;

  /** From 1; 0 where none was given. */
  @Option(names = "--index", defaultValue = "0", description = "the place in the list, from 1")
  private int index;

  @Option(names = "--replace", description = "replace the whole list")
  private boolean replace;

  @Parameters(index = "0", arity = "0..1", defaultValue = "", paramLabel = "APP")
  private @Nullable AppName app;

  @Parameters(index = "1..*", arity = "0..*", paramLabel = "BUILDPACK")
  private List<String> words = new ArrayList<>();

  BuildpacksChange(Action action) {
    this.action = action;
  }

  @Override
  public void run() {
    action.run(Objects.requireNonNull(app), index, replace, words);
  }
}
