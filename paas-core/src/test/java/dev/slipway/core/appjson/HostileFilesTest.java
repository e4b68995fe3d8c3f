package dev.slipway.core.appjson;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.core.error.UserError;
import dev.slipway.core.model.AppName;
import dev.slipway.core.procfile.Procfile;
import dev.slipway.core.source.DeployFile;
import dev.slipway.core.testing.RecordedCall;
import dev.slipway.core.testing.TestInstallation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a pushed app.json or Procfile may be like without anything worse than a refusal. */
class HostileFilesTest {
  private static final AppName APP = new AppName("blog");
  private static final int ROUNDS = 3000;

  @TempDir Path folder;

  /** Anything but a {@link UserError} goes through. */
  private static void parse(String text) {
    try {
      AppJson.parse(text).toJson();
    } catch (UserError expected) {
      assertThat(expected.text()).startsWith("Cannot parse app.json").doesNotContain("\u001b");
    }
  }

  @Test
  @Timeout(30)
  void noTextDoesMoreThanBeRefused() {
    String alphabet = "{}[]\",:/*#\\ \n\t\u001b\u0000nulltrue0.9e-+acegikmoqsuwy'";
    Random random = new Random(20_250_101);
    for (int round = 0; round < ROUNDS; round++) {
      StringBuilder text = new StringBuilder("{\"env\":");
      int length = random.nextInt(60);
      for (int i = 0; i < length; i++) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      parse(text.toString());
    }
  }

  @Test
  @Timeout(30)
  void noChangeOfOneCharacterDoesMoreThanBeRefused() {
    String good =
        """
        {"env": {"A": {"value": "b", "sync": true}}, /* c */ "formation": {"web": {"quantity": 1}},
         "cron": [{"command": "x", "schedule": "@daily"}], // d
         "healthchecks": {"web": [{"type": "startup", "command": ["a"], "httpHeaders": []}]},
         "scripts": {"dokku": {"predeploy": "y"}, "postdeploy": "z"}, "buildpacks": [{"url": "u"}]}
        """;
    Random random = new Random(7);
    String others = "{}[]\",:/*0a\u0000\n";
    for (int at = 0; at < good.length(); at++) {
      char other = others.charAt(random.nextInt(others.length()));
      parse(good.substring(0, at) + other + good.substring(at + 1));
      parse(good.substring(0, at));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"a\":", "[{\"a\":["})
  @Timeout(30)
  void depthIsLimited(String opening) {
    assertThatThrownBy(() -> AppJson.parse(opening.repeat(100_000)))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("depth");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{~ 'cron': [], /* no end~}|line 3",
        "{~ 'env': {'A': 'b',~ 'A': 'c'}}|line 3",
        "{~ 'formation': {~  'web': {'quantity': 1.5}}}|line 3, column 23",
        "{~ 'env': {'NOT-A-NAME': 'x'}}|line 2, column 24",
        "{~ 'env': {'A': 5}}|line 2, column 15",
        "{~ 'scripts': {'dokku': {'predeploy': 'a\\u0000b'}}}|line 2, column 37",
        "{~ 'healthchecks': {'web': [{}, {'command': ['a', 1]}]}}|line 2, column 49",
        "{} {}|line 1"
      })
  void aMessageNamesFileAndPlace(String text, String place) {
    assertThatThrownBy(() -> AppJson.parse(text.replace('\'', '"').replace('~', '\n')))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("(app.json, " + place);
  }

  @Test
  @Timeout(30)
  void theProcfileIsReadInATimeThatFollowsItsSize() {
    for (String line :
        Arrays.asList(
            "web: " + " #".repeat(400_000),
            "web: " + " //x".repeat(200_000),
            "a".repeat(1_000_000) + " x",
            "web" + " ".repeat(900_000) + "x: y")) {
      long start = System.nanoTime();
      try {
        assertThat(Procfile.parse(line).commands()).hasSize(1);
      } catch (UserError refused) {
        assertThat(refused).hasMessageContaining("line 1");
      }
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"large|app.json is larger than 1048576 bytes", "latin|app.json is not valid UTF-8"})
  void filesThatAreTooLargeOrNoTextAreRefusedUnread(String kind, String message)
      throws IOException {
    Files.createDirectories(folder.resolve("tree"));
    Files.write(
        folder.resolve("tree/app.json"),
        kind.equals("large")
            ? " ".repeat(10 << 20).getBytes(ISO_8859_1)
            : "{\"env\": {\"A\": \"\u00e9\"}}".getBytes(ISO_8859_1));
    TestInstallation installation = new TestInstallation(folder.resolve("server"));
    DeployFile file =
        new DeployFile(
            new DeployFile.Kind("app-json", "app.json", "appjson-path"),
            installation.roots,
            installation.files,
            installation.store,
            installation.triggers,
            (call, app, image, path, limit) -> Optional.empty());

    assertThatThrownBy(
            () ->
                file.extract(
                    new RecordedCall().call(), APP, folder.resolve("tree"), "", (t, p) -> {}))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(message);
  }
}
