package dev.slipway.cli.catalogue;

import dev.slipway.core.call.Call;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Answers {@code WORD:help} of a command that belongs to no plugin. Spec: 01 section 2.2. */
@Command(name = "help", description = "Show what one command does")
final class LineHelp implements Runnable {
  private final String line;
  private final Call call;

  @Parameters(arity = "0..*", hidden = true)
  private List<String> ignored = new ArrayList<>();

  LineHelp(String line, Call call) {
    this.line = line;
    this.call = call;
  }

  @Override
  public void run() {
    Columns.of(List.of("    " + line), false).forEach(call.out()::line);
  }
}
