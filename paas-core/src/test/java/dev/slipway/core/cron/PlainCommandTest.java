package dev.slipway.core.cron;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainCommandTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "php test.php",
        "say 'a; b | c' \"d & e\"",
        "say a\\;b",
        "worker --n=$N",
        "x '$(id)'"
      })
  void takesWords(String command) {
    assertThat(PlainCommand.problem(command)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a; b",
        "a && b",
        "a | b",
        "a > b",
        "a < b",
        "a &",
        "a $(b)",
        "a `b`",
        "a \"$(b)\"",
        "a 'b",
        "a\nb",
        "(a)"
      })
  void refusesWhatOnlyAShellUnderstands(String command) {
    assertThat(PlainCommand.problem(command)).isPresent();
  }
}
