package dev.slipway.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.NavigableMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Spec: 01 section 10.3. */
final class ExportFormatTest {
  private static final NavigableMap<String, String> NONE = new TreeMap<>();

  private static NavigableMap<String, String> some() {
    NavigableMap<String, String> values = new TreeMap<>();
    values.put("LONGKEY", " it's <a> & \"b\"\nnext ");
    values.put("A", "007");
    return values;
  }

  private static void exports(String format, String some, String none) {
    assertThat(ExportFormat.parse(format).of(some())).as(format).isEqualTo(some);
    assertThat(ExportFormat.parse(format).of(NONE)).as(format).isEqualTo(none);
  }

  @Test
  void hasEveryFormExactly() {
    String quoted = "' it'\\''s <a> & \"b\"\nnext '";
    exports("exports", "export A='007'\nexport LONGKEY=" + quoted + "\n", "\n");
    exports("shell", "A='007' LONGKEY=" + quoted + " ", " ");
    exports("envfile", "A=\"007\"\nLONGKEY=\" it's <a> & \\\"b\\\"\\nnext \"\n", "\n");
    exports("docker-args", "--env=A='007' --env=LONGKEY=" + quoted + "\n", "\n");
    exports("docker-args-keys", "--env=A --env=LONGKEY\n", "\n");
    exports("pack-keys", "--env A --env LONGKEY\n", "\n");
    String json = "\" it's \\u003ca\\u003e \\u0026 \\\"b\\\"\\nnext \"";
    exports("json", "{\"A\":\"007\",\"LONGKEY\":" + json + "}\n", "{}\n");
    exports(
        "json-list",
        "[{\"name\":\"A\",\"value\":\"007\"},{\"name\":\"LONGKEY\",\"value\":" + json + "}]\n",
        "null\n");
    exports("pretty", "A:        007\nLONGKEY:  it's <a> & \"b\"\nnext\n", "\n");
  }

  @Test
  void refusesFormsItDoesNotHave() {
    assertThatThrownBy(() -> ExportFormat.parse("xml")).hasMessage("Unknown export format: xml");
    assertThatThrownBy(() -> ExportFormat.parse("")).hasMessage("Unknown export format: ");
  }
}
