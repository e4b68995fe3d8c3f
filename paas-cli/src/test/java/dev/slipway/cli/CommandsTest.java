package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.core.call.CommandLine;
import dev.slipway.core.call.Identity;
import dev.slipway.core.call.RecordedCall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Goes through every command that the composition root knows. No engine is reached. */
@Timeout(120)
final class CommandsTest {
  private static final String SECRET = "the-secret-of-the-file";

  @TempDir private Path folder;
  private Path file;
  private Installation installation;
  private int status;

  @BeforeEach
  void prepare() throws IOException {
    file = folder.resolve("secret");
    Files.writeString(file, SECRET + "\n");
    Files.createDirectories(folder.resolve("home/blog"));
    installation =
        new Installation(
            DaemonSettings.from(
                Map.of(
                    "DOKKU_ROOT", folder.resolve("home").toString(),
                    "DOKKU_LIB_PATH", folder.resolve("lib").toString(),
                    "DOKKU_LOGS_DIR", folder.resolve("log").toString(),
                    "DOKKU_SYSTEM_USER", System.getProperty("user.name"),
                    "DOCKER_HOST", "unix://" + folder.resolve("no-engine.sock"),
                    "SLIPWAY_RUN_DIR", folder.resolve("run").toString())));
  }

  private RecordedCall run(String... words) {
    RecordedCall call =
        RecordedCall.of(
            Identity.local("tester", false),
            Map.of("DOKKU_APPS_FORCE_DELETE", "", "PATH", "/usr/bin:/bin"));
    status = installation.gate().run(call.call(), new CommandLine.Words(List.of(words)));
    return call;
  }

  private List<String> words() {
    return installation.catalogue().words();
  }

  @Test
  void everyFamilyAnswersHelpAndListsOnlyCommandsThatItHas() {
    for (String word : words()) {
      if (!word.endsWith(":help") || word.equals("plugin:help")) {
        continue;
      }
      RecordedCall help = run(word);
      assertThat(status).as(word).isZero();
      assertThat(help.err()).as(word).isEmpty();
      assertThat(help.out()).as(word).isNotBlank();
    }
  }

  @Test
  void helpListsOnlyCommandsThatThereAre() {
    RecordedCall help = run("help", "--all");

    assertThat(status).isZero();
    List<String> listed =
        help.out()
            .lines()
            .map(line -> line.strip().split("[ ,]")[0])
            .filter(word -> !word.isEmpty())
            .toList();
    assertThat(listed).isNotEmpty().isSorted();
    assertThat(listed)
        .allSatisfy(word -> assertThat(installation.catalogue().find(word)).as(word).isPresent());
  }

  @Test
  void plainHelpNamesEachPluginOnceAndHidesArguments() {
    RecordedCall help = run("help");

    assertThat(help.out()).contains("    apps      ").doesNotContain("<app>").doesNotContain(":");
    assertThat(help.out().lines())
        .allMatch(line -> line.startsWith("    "))
        .doesNotHaveDuplicates();
  }

  @Test
  void everyCommandHasADescriptionOfItsOwnAndAFreshObjectForEachCall() {
    for (String word : words()) {
      var command = installation.catalogue().find(word).orElseThrow();
      RecordedCall call = RecordedCall.plain();
      Object one = command.factory().apply(call.call());
      assertThat(one).as(word).isNotSameAs(command.factory().apply(call.call()));
      assertThat(one.getClass().isAnnotationPresent(picocli.CommandLine.Command.class))
          .as(word)
          .isTrue();
      command.help().ifPresent(line -> assertThat(line).as(word).startsWith(word).contains(", "));
    }
  }

  private static boolean runsWithoutAnEngine(String word) {
    return !word.equals("help") && !word.startsWith("plugin");
  }

  /** A37: nothing of the file may be seen, wherever its name stands. */
  @Test
  void noCommandReadsAnArgumentFile() {
    String at = "@" + file;
    List<String[]> shapes =
        List.of(
            new String[] {at},
            new String[] {"blog", at},
            new String[] {"blog", "x", at},
            new String[] {"--global", at},
            new String[] {"--format", at},
            new String[] {"--" + at},
            new String[] {"blog", "--", at});
    for (String word : words()) {
      for (String[] shape : shapes) {
        if (!runsWithoutAnEngine(word)) {
          continue;
        }
        String[] line = new String[shape.length + 1];
        line[0] = word;
        System.arraycopy(shape, 0, line, 1, shape.length);
        RecordedCall call = run(line);
        assertThat(call.out() + call.err())
            .as(String.join(" ", line))
            .doesNotContain(SECRET)
            .doesNotContain("internal error");
      }
    }
    assertThat(run("@" + file).err()).doesNotContain(SECRET);
  }

  @Test
  void noCommandTakesAMissingWordForABug() {
    for (String word : words()) {
      if (runsWithoutAnEngine(word)) {
        RecordedCall call = run(word);
        assertThat(call.err())
            .as(word)
            .doesNotContain("internal error")
            .doesNotContain("Missing required");
      }
    }
  }
}
