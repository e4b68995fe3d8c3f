package dev.slipway.cli.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.core.error.UserError;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The tables of spec 01 section 1.4. */
final class WordSplitterTest {
  private static void splits(String text, String... words) {
    assertThat(WordSplitter.split(text)).as(text).isEqualTo(List.of(words));
  }

  @Test
  void groupsByQuotesAndBackslashes() {
    splits(
        "config:set app A='b c' \"d e\" f\\ g '' h",
        "config:set",
        "app",
        "A=b c",
        "d e",
        "f g",
        "",
        "h");
    splits("x 'it'\\''s'", "x", "it's");
    splits("x \"a\\b\" 'c\\d' \"it's\" '\"'", "x", "a\\b", "c\\d", "it's", "\"");
    splits("x a\"\"b \"\"", "x", "ab", "");
  }

  @Test
  void expandsNothing() {
    splits(
        "x $HOME * ~ `id` $(id) ; | & > #",
        "x",
        "$HOME",
        "*",
        "~",
        "`id`",
        "$(id)",
        ";",
        "|",
        "&",
        ">",
        "#");
  }

  @Test
  void separatesAtBlanksOfAnyNumber() {
    splits("  x \t y\nz\r ", "x", "y", "z");
    splits("");
    splits(" \n ");
    splits("x a\u2003b\u00a0c", "x", "a\u2003b\u00a0c");
  }

  @Test
  void passesWordsThroughThatTheReferenceLoses() {
    splits("run app -n -e K=V -E", "run", "app", "-n", "-e", "K=V", "-E");
  }

  @Test
  void keepsTheQuotesOfGitCommands() {
    splits("git-receive-pack '/my app'", "git-receive-pack", "'/my", "app'");
    splits("--app x git:set a 'b", "--app", "x", "git:set", "a", "'b");
    splits("config:set git 'a b'", "config:set", "git", "a b");
  }

  @Test
  void refusesUnbalancedQuotesAndLineEndsInside() {
    for (String text : List.of("x a'b", "x \"", "x 'a\nb'", "x \"a\nb\"")) {
      assertThatThrownBy(() -> WordSplitter.split(text)).as(text).isInstanceOf(UserError.class);
    }
  }
}
