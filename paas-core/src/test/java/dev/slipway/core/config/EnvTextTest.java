package dev.slipway.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.core.error.UserError;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

final class EnvTextTest {
  private static final List<String> PIECES =
      List.of(
          "\"",
          "'",
          "\\",
          "\\\\",
          "\\n",
          "\n",
          "\r",
          "\r\n",
          "\t",
          " ",
          "$",
          "${",
          "}",
          "$A",
          "${A}",
          "`",
          "!",
          "#",
          " #",
          "=",
          ":",
          "export ",
          "a",
          "007",
          "0",
          "-",
          "+5",
          "é",
          "日本",
          "\u2028",
          "\ud83d\ude80",
          "\udcff",
          "\u0001",
          "\u007f");

  private static String random(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(8); i > 0; i--) {
      text.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    return text.toString();
  }

  @Test
  void readsBackExactlyWhatItWrote() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int round = 0; round < 3000; round++) {
      Map<String, String> values = new TreeMap<>();
      for (int i = random.nextInt(6); i > 0; i--) {
        values.put("K" + random.nextInt(20), random(random));
      }
      String written = EnvText.write(values);
      assertThat(EnvText.read(written))
          .as("seed %d round %d: %s", seed, round, written)
          .isEqualTo(values);
    }
  }

  @Test
  void writesWhatTheReferenceWrites() {
    Map<String, String> values = new TreeMap<>();
    values.put("B", "5");
    values.put("A1", "x");
    values.put("A", "a\\b\nc\rd\"e!f$g`h\ti#j'k");
    values.put("EMPTY", "");
    values.put("NEGATIVE", "-12");

    assertThat(EnvText.write(values))
        .isEqualTo(
            "A1=\"x\"\n"
                + "A=\"a\\\\b\\nc\\rd\\\"e\\!f\\$g\\`h\ti#j'k\"\n"
                + "B=5\nEMPTY=\"\"\nNEGATIVE=-12\n");
    assertThat(EnvText.write(Map.of())).isEqualTo("\n");
  }

  @Test
  void leavesQuotesOffOnlyWhereTheNumberStaysTheSame() {
    assertThat(List.of("0", "7", "-1", "9223372036854775807", "-9223372036854775808"))
        .allSatisfy(number -> assertThat(EnvText.written(number)).isEqualTo(number));
    assertThat(List.of("007", "+5", "-0", "9223372036854775808", "1.5", " 1", "", "٣"))
        .allSatisfy(text -> assertThat(EnvText.written(text)).startsWith("\""));
  }

  private static void reads(String text, Map<String, String> values) {
    assertThat(EnvText.read(text)).as(text).isEqualTo(values);
  }

  /** Spec: 01 section 10.1. */
  @Test
  void readsGeneralDotenv() {
    reads("", Map.of());
    reads("\n \n\t\n", Map.of());
    reads("# a comment\n  # another\nA=1\n", Map.of("A", "1"));
    reads("export A=1\nexport   B=2", Map.of("A", "1", "B", "2"));
    reads("A: 1\nB:2\n", Map.of("A", "1", "B", "2"));
    reads("A=1\r\nB=\"x\"\r\n", Map.of("A", "1", "B", "x"));
    reads("A=  two words  \nB=\n", Map.of("A", "two words", "B", ""));
    reads("A=x # why\nB=x#y\n", Map.of("A", "x", "B", "x#y"));
    reads("A=a=b:c\n", Map.of("A", "a=b:c"));
    reads(
        "A='it $B \\n \"x\"'\nC='two\nlines'\n", Map.of("A", "it $B \\n \"x\"", "C", "two\nlines"));
    reads("A=\"two\nlines\\tand\\n\\q\"\n", Map.of("A", "two\nlinestand\nq"));
    reads("A=1\nA=2\n", Map.of("A", "2"));
    reads("A.B=1\n", Map.of("A.B", "1"));
    reads("A=\"x\" # why\nB=1\n", Map.of("A", "x", "B", "1"));
  }

  @Test
  void replacesReferencesToEarlierKeysOnly() {
    reads("A=1\nB=$A-${A}\n", Map.of("A", "1", "B", "1-1"));
    reads("A=1\nB=\"$A ${A} \\$A\"\n", Map.of("A", "1", "B", "1 1 $A"));
    reads("B=$A\nA=1\n", Map.of("A", "1", "B", ""));
    reads("B=\\$A\n", Map.of("B", "$A"));
    reads("B=$\nC=\"$\"\nD=${\n", Map.of("B", "$", "C", "$", "D", "${"));
  }

  private static void refused(String text, String message) {
    assertThatThrownBy(() -> EnvText.read(text))
        .as(text)
        .isInstanceOf(UserError.class)
        .hasMessage(message);
  }

  @Test
  void refusesWhatIsNoEnvironment() {
    refused("A-B=1\n", "unexpected character \"-\" in variable name near \"A-B=1\\n\"");
    refused("A='x", "unterminated quoted value 'x");
    refused("A=\"x\\", "unterminated quoted value \"x\\");
    refused("A=\"x\\\"\n", "unterminated quoted value \"x\\\"\n");
  }

  @Test
  void neverFailsInAnyOtherWayOnRandomText() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int round = 0; round < 3000; round++) {
      String text = "A" + random(random) + "=" + random(random) + random(random);
      try {
        NavigableMap<String, String> values = EnvText.read(text);
        assertThat(EnvText.read(EnvText.write(values))).isEqualTo(values);
      } catch (UserError refused) {
        assertThat(refused.text()).as("seed %d: %s", seed, text).isNotEmpty();
      }
    }
  }

  /** A42: an environment of 100,000 keys is read in time that grows with its size only. */
  @Test
  void readsAHundredThousandKeysInSeconds() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 100_000; i++) {
      text.append("KEY_").append(i).append('=').append(i).append('\n');
    }
    Assertions.assertTimeout(
        Duration.ofSeconds(20), () -> assertThat(EnvText.read(text.toString())).hasSize(100_000));
  }
}
