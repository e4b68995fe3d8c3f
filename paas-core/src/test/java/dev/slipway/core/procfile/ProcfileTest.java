package dev.slipway.core.procfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.core.error.UserError;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProcfileTest {
  @Test
  void listsTypesInOrderWithTheirCommands() {
    Procfile procfile = Procfile.parse("# one\nweb : run --port $PORT\r\n\n// two\n a-b_1:x: y\n");

    assertThat(List.copyOf(procfile.commands().keySet())).containsExactly("a-b_1", "web");
    assertThat(procfile.command("web")).contains("run --port $PORT");
    assertThat(procfile.command("a-b_1")).contains("x: y");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "run # note|run",
        "run a#b|run a#b",
        "run #1 then #2|run #1 then",
        "run // note|run",
        "run http://host|run http://host",
        "run // a # b|run // a",
        "run #|run #"
      })
  void cutsATrailingComment(String written, String command) {
    assertThat(Procfile.parse("web: " + written).command("web")).contains(command);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "web: a\\nweb: b|process names must be unique, line 2",
        "# c\\n\\nwhat is this|invalid line in procfile, line 3",
        "wéb: x|invalid line in procfile, line 1",
        "$(id): x|invalid line in procfile, line 1",
        "web:|no command specified, line 1",
        "web: # x|comment specified in place of command, line 1",
        "web: // x|comment specified in place of command, line 1",
        "# only this|no entries found in Procfile"
      })
  void refusesTheWholeFileForOneBadLine(String text, String message) {
    assertThatThrownBy(() -> Procfile.parse(text.replace("\\n", "\n")))
        .isInstanceOf(UserError.class)
        .hasMessage(message);
  }

  @Test
  void refusesANameOverSixtyThreeCharacters() {
    assertThat(Procfile.parse("a".repeat(63) + ": x").commands()).hasSize(1);
    assertThatThrownBy(() -> Procfile.parse("a".repeat(64) + ": x"))
        .hasMessage("process name over 63 characters, line 1");
  }

  @Test
  void expandsVariablesAndLeavesTheRest() {
    Map<String, String> values = Map.of("PORT", "5000", "A", "$PORT \\1");

    assertThat(Expansion.of("x $PORT ${A} $(id) $5 $$ ${NONE}-", values))
        .isEqualTo("x 5000 $PORT \\1 $(id) $5 $$ -");
  }
}
