package dev.slipway.core.appjson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.slipway.core.error.UserError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AppJsonTest {
  @Test
  void keepsTheKnownPartAndSaysNullForWhatIsAbsent() {
    AppJson json =
        AppJson.parse(
            """
            { // a comment
              "name": "ignored",
              "healthchecks": {"web": [{"type": "startup", "path": "/up",},]},
            }
            """);

    assertThat(json.toJson())
        .isEqualTo(
            "{\"buildpacks\":null,\"cron\":null,\"formation\":null,"
                + "\"healthchecks\":{\"web\":[{\"type\":\"startup\",\"path\":\"/up\"}]},"
                + "\"scripts\":null}");
  }

  @Test
  void takesABlankFileAsAnEmptyObject() {
    assertThat(AppJson.parse(" \n").quantities()).isEmpty();
  }

  @Test
  void tellsWhatADeployAsksFor() {
    AppJson json =
        AppJson.parse(
            """
            {"env": {"A": "b"}, "cron": [{"command": "x", "schedule": "@daily"}],
             "formation": {"web": {"quantity": 2, "max_parallel": 3}},
             "scripts": {"postdeploy": "x", "dokku": {"predeploy": "y"}}}
            """);

    assertThat(json.env()).extracting(EnvVariable::value).containsExactly("b");
    assertThat(json.quantities()).containsExactly(entry("web", 2));
    assertThat(json.script("dokku", "predeploy")).isEqualTo("y");
    assertThat(json.script("postdeploy")).isEqualTo("x");
    assertThat(json.parallelism("web")).isEqualTo(3);
    assertThat(json.parallelism("worker")).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"cron\": [], \"cron\": []}",
        "{\"a\": 1} trailing",
        "{\"a\": ",
        "'text'",
        "{\"a\": 0x10}"
      })
  void refusesWhatIsNotJson(String text) {
    assertThatThrownBy(() -> AppJson.parse(text))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("Cannot parse app.json as jsonc: ");
  }

  @Test
  void refusesWhatIsNestedTooDeep() {
    assertThatThrownBy(() -> AppJson.parse("[".repeat(100_000))).isInstanceOf(UserError.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{\"cron\": {}}",
        "{\"formation\": {\"web\": {\"quantity\": \"two\"}}}",
        "{\"healthchecks\": {\"web\": [{\"path\": 1}]}}",
        "{\"scripts\": {\"dokku\": {\"predeploy\": [\"a\"]}}}"
      })
  void refusesAKnownKeyOfAnotherType(String text) {
    assertThatThrownBy(() -> AppJson.parse(text))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("Cannot parse app.json: ");
  }
}
