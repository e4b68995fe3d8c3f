package dev.slipway.cli.standard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cli.catalogue.Catalogue;
import dev.slipway.cli.catalogue.Family.Layout;
import dev.slipway.cli.catalogue.Syntax;
import dev.slipway.core.call.Call;
import dev.slipway.core.call.RecordedCall;
import dev.slipway.core.plugin.PluginCommands;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Spec: 01 section 2.1. */
final class HelpTest {
  private static final String HEAD =
      "Usage: dokku [--quiet|--trace|--force] COMMAND <app> [command-specific-options]\n\n"
          + "Primary help options, type \"dokku COMMAND:help\" for more details, or dokku help --all"
          + " to see all commands.\n\nCommands:\n\n";
  private static final String CORE =
      "    apps      Manage apps\n"
          + "    cleanup   Cleans up containers\n"
          + "    help      Print the list of commands\n";
  private static final String ALL =
      "    apps:create <app>   Create a new app\n"
          + "    cleanup [<app>]     Cleans up containers\n"
          + "    help                Print the list of commands\n";

  private final Catalogue catalogue = new Catalogue();
  private List<String> community = List.of();

  private String help(Map<String, String> environment, String... words) {
    catalogue
        .family("apps", Layout.COMPILED, "Manage apps")
        .add("apps:create", Syntax.COMPILED, "apps:create <app>, Create a new app", c -> c);
    catalogue
        .family("", Layout.SHELL, "")
        .add("cleanup", Syntax.SHELL, "cleanup [<app>], Cleans up containers", c -> c)
        .add("help", Syntax.SHELL, "help , Print the list of commands", c -> c);
    RecordedCall call = RecordedCall.with(environment);
    Help help = new Help(catalogue, new Community(), call.call());
    CommandLine.populateCommand(help, words);
    assertThat(help.call()).isEqualTo(community.isEmpty() ? 0 : 4);
    return call.out();
  }

  private final class Community implements PluginCommands {
    @Override
    public OptionalInt run(Call call, List<String> words) {
      return OptionalInt.empty();
    }

    @Override
    public PluginCommands.Help help(Call call, boolean all) {
      return new PluginCommands.Help(community, community.isEmpty() ? 0 : 4);
    }

    @Override
    public boolean any() {
      return !community.isEmpty();
    }
  }

  @Test
  void hasNoHeadWithoutATerminal() {
    assertThat(help(Map.of())).isEqualTo(CORE);
  }

  @Test
  void hasAHeadOnATerminalUnlessQuiet() {
    assertThat(help(Map.of("DOKKU_FORCE_TTY", "true"))).isEqualTo(HEAD + CORE);
  }

  @Test
  void isBareWhenQuiet() {
    assertThat(help(Map.of("DOKKU_FORCE_TTY", "true", "DOKKU_QUIET_OUTPUT", "1"))).isEqualTo(CORE);
  }

  @Test
  void listsEveryCommandAndThePluginsHeadingWhenAskedForAll() {
    assertThat(help(Map.of("DOKKU_FORCE_TTY", "true"), "--all"))
        .isEqualTo(HEAD + ALL + "\nCommunity plugin commands:\n\n");
  }

  @Test
  void listsWhatPluginsSaySortedAndEndsWithTheirStatus() {
    community = List.of("    redis, Manage redis", "", "    acl:add <x>, Add");

    assertThat(help(Map.of()))
        .isEqualTo(CORE + "    acl:add <x>   Add\n" + "    redis         Manage redis\n");
  }
}
