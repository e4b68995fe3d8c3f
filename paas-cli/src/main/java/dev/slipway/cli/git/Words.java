package dev.slipway.cli.git;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** A command that takes its words by position. */
@Command(name = "words", description = "Takes words by position")
public final class Words implements Runnable {
  private final Consumer<List<String>> action;

  @Parameters(arity = "0..*", paramLabel = "WORD")
  private List<String> words = new ArrayList<>();

  public Words(Consumer<List<String>> action) {
    this.action = action;
  }

  @Override
  public void run() {
    action.accept(List.copyOf(words));
  }
}
