package dev.slipway.core.dockeroptions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.core.error.UserError;
import java.util.List;
import org.junit.jupiter.api.Test;

class OptionTextTest {
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
