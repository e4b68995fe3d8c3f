package dev.slipway.core.dockeroptions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.core.error.UserError;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShellWordsTest {
  @Test
  void quotesAndBackslashesCountButNothingIsExpanded() {
    assertThat(ShellWords.split("-v /a:/b  --env 'a b' \"c \\\" $(x) `y`\" \\$HOME '' d'e'f"))
        .containsExactly("-v", "/a:/b", "--env", "a b", "c \" $(x) `y`", "$HOME", "", "def");
  }

  @Test
  void joinedWordsComeBackAsTheyWere() {
    List<String> words = List.of("--env", "it's", "", "a b", "$(id)", "*", "plain=1", "\\");

    assertThat(ShellWords.join(words))
        .isEqualTo("--env 'it'\\''s' '' 'a b' '$(id)' '*' plain=1 '\\'");
    assertThat(ShellWords.split(ShellWords.join(words))).isEqualTo(words);
  }

  @Test
  void anUnclosedQuoteIsRefused() {
    assertThatThrownBy(() -> ShellWords.split("a 'b")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ShellWords.split("a \"b"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ShellWords.split("a\\")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void wordsThatFollowAnOptionBelongToIt() {
    OptionText text =
        OptionText.parse(List.of("-v /a:/b --process=web --env \"x y\" --init --process worker"));

    assertThat(text.options()).containsExactly("-v /a:/b", "--env 'x y'", "--init");
    assertThat(text.processes()).containsExactly("web", "worker");
  }

  @Test
  void misuseIsToldInTheKnownWords() {
    assertRefused(
        "--env 'x", "Unable to parse docker option: EOF found when expecting closing quote");
    assertRefused("--init --process", "--process requires a value");
    assertRefused("--process a b", "--process accepts a single value, got 2");
    assertRefused("--process=a b", "--process=value cannot be followed by additional tokens");
    assertRefused("--env 'a\nb'", "Unable to parse docker option: line ends cannot be stored");
  }

  private static void assertRefused(String text, String message) {
    assertThatThrownBy(() -> OptionText.parse(List.of(text)))
        .isInstanceOf(UserError.class)
        .hasMessage(message);
  }
}
