package dev.slipway.cli.standard;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** A command that takes an app, which may be missing, and any number of words. */
@Command(name = "app-words", description = "Does something with an app and some words")
public final class AppWords implements Runnable {
  private final BiConsumer<String, List<String>> action;

  @Parameters(index = "0", arity = "0..1", defaultValue = "", paramLabel = "APP")
  private String app = "";

  @Parameters(index = "1..*", arity = "0..*", paramLabel = "WORD")
  private List<String> words = new ArrayList<>();

  public AppWords(BiConsumer<String, List<String>> action) {
    this.action = action;
  }

  @Override
  public void run() {
    action.accept(app, words);
  }
}
