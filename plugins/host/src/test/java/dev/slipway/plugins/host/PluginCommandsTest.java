package dev.slipway.plugins.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.core.plugin.PluginCommands.Help;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginCommandsTest {
  private static final String SHOW = "printf '%s|' \"${0#\"$PLUGIN_ENABLED_PATH\"/}\" \"$@\"";

  @TempDir private Path folder;
  private Sandbox box;

  @BeforeEach
  void install() {
    box = new Sandbox(folder);
  }

  private OptionalInt run(String... words) {
    return box.host.commands().run(box.call(), List.of(words));
  }

  @Test
  void runsTheSubcommandWithTheFullCommandNameFirst() {
    box.script("redirect", "subcommands/set", SHOW + "; exit 3");

    assertThat(run("redirect:set", "app", "", "a\nb")).hasValue(3);
    assertThat(box.out()).isEqualTo("redirect/subcommands/set|redirect:set|app||a\nb|");
  }

  @Test
  void runsTheDefaultForTheBareName() {
    box.script("redirect", "subcommands/default", SHOW);
    box.script("redirect", "subcommands/redirect", "exit 9");

    assertThat(run("redirect", "app")).hasValue(0);
    assertThat(box.out()).isEqualTo("redirect/subcommands/default|redirect|app|");
  }

  @Test
  void keepsColonsInTheRest() {
    box.script("pg", "subcommands/backup:set", SHOW);

    assertThat(run("pg:backup:set", "x")).hasValue(0);
    assertThat(box.out()).isEqualTo("pg/subcommands/backup:set|pg:backup:set|x|");
  }

  @Test
  void leavesTheArgumentsAloneWhateverTheAppFlagSays() {
    box.script("pg", "subcommands/link", "echo \"$DOKKU_APP_NAME:$*\"");

    box.host
        .commands()
        .run(box.call("", Map.of("DOKKU_APP_NAME", "blog")), List.of("pg:link", "svc"));

    assertThat(box.out()).isEqualTo("blog:pg:link svc\n");
  }

  @Test
  void asksEveryCommandsFileAndGoesOnAfterOneHandledIt() {
    box.script("a", "commands", "echo a; exit 10");
    box.script("b", "commands", "echo \"b $*\"");
    box.script("c", "commands", "echo c; exit $DOKKU_NOT_IMPLEMENTED_EXIT");

    assertThat(run("old:style", "x")).hasValue(0);
    assertThat(box.out()).isEqualTo("a\nb old:style x\nc\n");
  }

  @Test
  void endsWithTheStatusOfACommandsFileThatFails() {
    box.script("a", "commands", "echo a; exit 5");
    box.script("b", "commands", "echo b");

    assertThat(run("old:style")).hasValue(5);
    assertThat(box.out()).isEqualTo("a\n");
  }

  @Test
  void isEmptyWhenNobodyHandlesIt() {
    box.script("a", "commands", "exit 10");
    Sandbox.write(box.plugin("b").resolve("commands"), "echo b", "rw-r--r--");

    assertThat(run("unknown")).isEmpty();
    assertThat(run("a:")).isEmpty();
    assertThat(run("")).isEmpty();
  }

  @Test
  void neverMakesAPathOfAWord() {
    Path victim = box.roots.libRoot().resolve("victim/subcommands/default");
    Sandbox.write(victim, "#!/bin/sh\necho broken out\n", "rwxr-xr-x");
    box.script("a", "subcommands/x", "echo x");
    box.script("a", "secret", "echo secret");

    for (String word :
        List.of("../../victim", "a:../secret", "a:../../a/secret", "..", ".", "a/../a:x", "/a")) {
      assertThat(run(word)).as(word).isEmpty();
    }
    assertThat(box.out()).isEmpty();
  }

  @Test
  void doesNotAskAPluginWhoseNameStandsForACoreFolder() {
    box.script("nginx", "subcommands/extra", "echo extra");

    assertThat(run("nginx:extra")).isEmpty();
  }

  @Test
  void doesNotAskADisabledPlugin() throws IOException {
    box.script("pg", "subcommands/list", "echo list");
    Files.delete(box.roots.plugins().resolve("enabled/pg"));

    assertThat(run("pg:list")).isEmpty();
  }

  @Test
  void collectsHelpWithTheFlagInTheParentsCommandLineExactlyWhenAsked() {
    String text =
        """
        parent=$(ps -o command= $PPID)
        if [[ $1 == help && $parent == *--all* ]]; then echo "    $NAME:all"
        else echo "    $NAME, short $LC_ALL"; fi
        """;
    box.script("b--all", "commands", "NAME=b\n" + text);
    box.script("a", "commands", "NAME=a\n" + text);

    Map<String, String> narrow = Map.of("COLUMNS", "20", "LC_ALL", "C.UTF-8");
    assertThat(box.host.commands().help(box.call("", narrow), false))
        .isEqualTo(new Help(List.of("    a, short C", "    b, short C"), 0));
    assertThat(box.host.commands().help(box.call("", narrow), true))
        .isEqualTo(new Help(List.of("    a:all", "    b:all"), 0));
  }

  @Test
  void endsHelpAtThePluginThatFails() {
    box.script("a", "commands", "echo a");
    box.script("b", "commands", "echo b; echo why >&2; exit 7");
    box.script("c", "commands", "echo c");

    assertThat(box.host.commands().help(box.call(), true))
        .isEqualTo(new Help(List.of("a", "b"), 7));
    assertThat(box.err()).isEqualTo("why\n");
  }

  @Test
  void findsCommandsFilesAtAnyDepthAndThroughLinks() throws IOException {
    box.script("a", "deep/er/commands", "echo deep");
    Path elsewhere = folder.resolve("elsewhere");
    Sandbox.write(elsewhere.resolve("commands"), "#!/bin/sh\necho linked\n", "rwxr-xr-x");
    Files.createSymbolicLink(box.roots.plugins().resolve("enabled/linked"), elsewhere);
    Files.createSymbolicLink(box.plugin("a").resolve("loop"), box.plugin("a"));

    assertThat(box.host.commands().help(box.call(), false).lines())
        .containsExactly("deep", "linked");
    assertThat(box.host.commands().any()).isTrue();
  }

  @Test
  void knowsThatThereIsNone() {
    assertThat(box.host.commands().any()).isFalse();
    assertThat(box.host.commands().help(box.call(), true).lines()).isEmpty();
  }
}
