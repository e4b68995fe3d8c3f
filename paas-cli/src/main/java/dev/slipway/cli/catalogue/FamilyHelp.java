package dev.slipway.cli.catalogue;

import dev.slipway.core.call.Call;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Answers {@code PLUGIN:help} and a bare plugin name. Spec: 01 section 2.2. */
@Command(name = "help", description = "Show the commands of one plugin")
final class FamilyHelp implements Runnable {
  private final Family family;
  private final Call call;

  @Parameters(arity = "0..*", hidden = true)
  private List<String> ignored = new ArrayList<>();

  FamilyHelp(Family family, Call call) {
    this.family = family;
    this.call = call;
  }

  @Override
  public void run() {
    call.out().line("Usage: dokku " + family.name() + "[:COMMAND]");
    call.out().line("");
    call.out().line(family.description());
    List<String> lines = family.helpLines().stream().map(line -> "    " + line).toList();
    if (!lines.isEmpty()) {
      call.out().line("");
      call.out().line("Additional commands:");
      Columns.of(lines, family.layout() == Family.Layout.COMPILED).forEach(call.out()::line);
    }
  }
}
