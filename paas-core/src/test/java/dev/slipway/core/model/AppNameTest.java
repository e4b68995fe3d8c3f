package dev.slipway.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.core.error.UserError;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AppNameTest {
  private static final String RULE =
      "App name must begin with lowercase alphanumeric character, and may only contain lowercase"
          + " alphanumerics, dots, and hyphens";

  @Test
  void takesNewNames() {
    for (String name : List.of("a", "0", "node-js-app", "blog.example.com", "a-", "1.2")) {
      assertThat(AppName.parseNew(name)).hasToString(name);
    }
  }

  @Test
  void takesUnderscoresOnlyInOldNames() {
    assertThat(AppName.parse("old_app")).hasToString("old_app");
    assertThatThrownBy(() -> AppName.parseNew("new_app")).hasMessage(RULE);
  }

  @Test
  void asksForAMissingName() {
    assertThatThrownBy(() -> AppName.parse(""))
        .hasMessage("Please specify an app to run the command on")
        .isInstanceOfSatisfying(UserError.class, e -> assertThat(e.exitCode()).isEqualTo(1));
  }

  /** A1: every byte that a name does not have, in front, in the middle and at the end. */
  @Test
  void refusesEveryOtherAsciiCharacterAndLookAlikes() {
    StringBuilder bad = new StringBuilder();
    for (char c = 0; c < 0x80; c++) {
      if (!Character.toString(c).matches("[a-z0-9._-]")) {
        bad.append(c);
      }
    }
    bad.append("а").append("ａ").append("．").append("‐").append("\u202e").append("é");
    bad.codePoints()
        .mapToObj(Character::toString)
        .forEach(
            c -> {
              for (String name : List.of(c, c + "a", "a" + c, "a" + c + "b")) {
                assertThatThrownBy(() -> AppName.parse(name)).as("%s", name).hasMessage(RULE);
                assertThatThrownBy(() -> AppName.parseNew(name)).as("%s", name).hasMessage(RULE);
              }
            });
  }

  /** A2. */
  @Test
  void refusesOptionsReservedAndOverlongNames() {
    List<String> names =
        List.of(
            "-rf",
            "--help",
            "--global",
            ".",
            "..",
            ".ssh",
            "_x",
            "tls",
            "Blog",
            "blog.",
            "a..b",
            "a".repeat(64),
            "a".repeat(64) + ".example.com",
            "a.".repeat(65) + "b");
    for (String name : names) {
      assertThatThrownBy(() -> AppName.parseNew(name)).as(name).isInstanceOf(UserError.class);
    }
    assertThat(AppName.parseNew("a".repeat(63))).isNotNull();
  }

  @Test
  void keepsOldNamesThatNewOnesMayNotHave() {
    for (String name : List.of("blog.", "a..b", "tls", "a".repeat(128))) {
      assertThat(AppName.parse(name)).hasToString(name);
    }
  }

  @Test
  void guardsItsConstructor() {
    assertThatThrownBy(() -> new AppName("../x")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void sortsByBytes() {
    assertThat(List.of(new AppName("b"), new AppName("a-b"), new AppName("a.b")).stream().sorted())
        .extracting(AppName::value)
        .containsExactly("a-b", "a.b", "b");
  }
}
