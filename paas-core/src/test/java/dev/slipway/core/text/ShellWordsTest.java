package dev.slipway.core.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.core.error.UserError;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ShellWordsTest {
  private static final String AWKWARD = " \t\n\r\u000b\f'\"\\$`()[]{}*?!#~;|&<>=-aé\u2003\u0000😀";

  private static List<String> split(String text) {
    return ShellWords.split(text, "docker option");
  }

  @Test
  void quotesAndBackslashesCountButNothingIsExpanded() {
    assertThat(split("-v /a:/b  --env 'a b' \"c \\\" $(x) `y`\" \\$HOME '' d'e'f g\\ h"))
        .containsExactly("-v", "/a:/b", "--env", "a b", "c \" $(x) `y`", "$HOME", "", "def", "g h");
    assertThat(split("\"a\\b\" 'c\\d' \"it's\" * ~ ; | &"))
        .containsExactly("a\\b", "c\\d", "it's", "*", "~", ";", "|", "&");
    assertThat(split("")).isEmpty();
    assertThat(split(" \n\t ")).isEmpty();
  }

  @Test
  void aBackslashBeforeALineEndJoinsTheLines() {
    assertThat(split("a\\\nb \"c\\\nd\" 'e\\\nf' \\\n g"))
        .containsExactly("ab", "cd", "e\\\nf", "g");
  }

  @Test
  void onlyTheBlanksOfAShellSeparate() {
    assertThat(split("a\u2003b\u00a0c\td\u000be")).containsExactly("a\u2003b\u00a0c", "d", "e");
  }

  @Test
  void whatIsNotFinishedIsRefusedByItsName() {
    for (String text : List.of("a 'b", "a \"b", "\"a\\\"", "'", "\"a\\")) {
      assertThatThrownBy(() -> split(text))
          .as(text)
          .isInstanceOf(UserError.class)
          .hasMessage("Unable to parse docker option: EOF found when expecting closing quote");
    }
    assertThatThrownBy(() -> ShellWords.split("a\\", "the command of web"))
        .isInstanceOf(UserError.class)
        .hasMessage("Unable to parse the command of web: EOF found after escape character");
  }

  @Test
  void joinedWordsQuoteOnlyWhatNeedsIt() {
    assertThat(ShellWords.join(List.of("--env", "it's", "", "a b", "$(id)", "*", "plain=1", "\\")))
        .isEqualTo("--env 'it'\\''s' '' 'a b' '$(id)' '*' plain=1 '\\'");
  }

  @Test
  void joinedWordsComeBackAsTheyWere() {
    Random random = new Random(20);
    for (int round = 0; round < 2000; round++) {
      List<String> words = new ArrayList<>();
      for (int i = random.nextInt(5); i > 0; i--) {
        words.add(awkward(random));
      }
      assertThat(split(ShellWords.join(words))).isEqualTo(words);
    }
  }

  @Test
  void everyTextIsSplitOrRefused() {
    Random random = new Random(21);
    for (int round = 0; round < 2000; round++) {
      String text = awkward(random);
      try {
        assertThat(String.join("", split(text)).length()).isLessThanOrEqualTo(text.length());
      } catch (UserError refused) {
        assertThat(refused).hasMessageStartingWith("Unable to parse docker option: EOF found ");
      }
    }
  }

  private static String awkward(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(12); i > 0; i--) {
      text.append(AWKWARD.charAt(random.nextInt(AWKWARD.length())));
    }
    return text.toString();
  }
}
