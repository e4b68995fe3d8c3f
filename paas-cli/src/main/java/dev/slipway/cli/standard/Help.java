package dev.slipway.cli.standard;

import dev.slipway.cli.catalogue.Catalogue;
import dev.slipway.cli.catalogue.Columns;
import dev.slipway.core.call.Call;
import dev.slipway.core.plugin.PluginCommands;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dokku}, {@code dokku help} and {@code dokku help --all}. Spec: 01 section 2.1. */
@Command(name = "help", description = "Print the list of commands")
final class Help implements Callable<Integer> {
  private final Catalogue catalogue;
  private final PluginCommands plugins;
  private final Call call;

  @Option(names = "--all", description = "list every command")
  private boolean all;

  @Parameters(arity = "0..*", hidden = true)
  private List<String> ignored = new ArrayList<>();

  Help(Catalogue catalogue, PluginCommands plugins, Call call) {
    this.catalogue = catalogue;
    this.plugins = plugins;
    this.call = call;
  }

  @Override
  public Integer call() {
    boolean headed = !call.quiet() && hasTerminal();
    if (headed) {
      head();
    }
    Columns.of(core(), false).forEach(call.out()::line);
    return all || plugins.any() ? community(headed) : 0;
  }

  private int community(boolean headed) {
    if (headed) {
      call.out().line("");
      call.out().line("Community plugin commands:");
      call.out().line("");
    }
    PluginCommands.Help help = plugins.help(call, all);
    Columns.of(help.lines().stream().sorted().toList(), false).forEach(call.out()::line);
    return help.status();
  }

  private boolean hasTerminal() {
    if (call.variable("DOKKU_FORCE_TTY").filter("true"::equals).isPresent()) {
      return true;
    }
    return call.terminal().isPresent()
        && call.variable("DOKKU_DISABLE_TTY").filter("true"::equals).isEmpty();
  }

  private void head() {
    call.out()
        .line("Usage: dokku [--quiet|--trace|--force] COMMAND <app> [command-specific-options]");
    call.out().line("");
    call.out()
        .line(
            "Primary help options, type \"dokku COMMAND:help\" for more details, or dokku help --all to see all"
                + " commands.");
    call.out().line("");
    call.out().line("Commands:");
    call.out().line("");
  }

  private List<String> core() {
    List<String> lines = catalogue.helpLines(all).stream().sorted().toList();
    return all
        ? lines
        : lines.stream().filter(line -> !line.contains(":")).map(Help::withoutArguments).toList();
  }

  /**
   * From the first blank that is followed by an opening bracket up to the last comma, everything
   * becomes one comma.
   */
  private static String withoutArguments(String line) {
    return line.replaceFirst(" [\\[<(\\\\].*,", ",");
  }
}
