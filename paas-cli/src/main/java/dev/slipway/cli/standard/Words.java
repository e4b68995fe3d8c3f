package dev.slipway.cli.standard;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** A command that takes any number of words. */
@Command(name = "words", description = "Does something with some words")
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
