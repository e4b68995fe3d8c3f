package dev.slipway.core.appjson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.core.error.UserError;
import dev.slipway.core.model.AppName;
import dev.slipway.core.model.Scope;
import dev.slipway.core.testing.RecordedCall;
import dev.slipway.core.testing.TestInstallation;
import dev.slipway.core.triggers.CoreTriggers;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvVariablesTest {
  private static final AppName APP = new AppName("blog");

  @TempDir Path folder;

  private final RecordedCall call = new RecordedCall();

  private List<String> process(TestInstallation installation, String env) {
    new EnvVariables(installation.store, installation.triggers)
        .process(call.call(), APP, AppJson.parse("{\"env\": {" + env + "}}").env());
    return installation.fired();
  }

  private TestInstallation installation(String config) {
    return new TestInstallation(folder).answer(CoreTriggers.CONFIG_EXPORT, config);
  }

  @Test
  void aFirstDeploySetsWhatHasNoValueYet() {
    assertThat(process(installation("{\"B\":\"mine\"}"), "\"B\": \"b\", \"A\": \"a\""))
        .containsExactly("config-set --no-restart blog A=a");
    assertThat(call.out())
        .startsWith("-----> Processing app.json env vars\n-----> Setting 1 env var(s)");
  }

  @Test
  void aLaterDeploySetsOnlyWhatIsToBeInStep() {
    TestInstallation installation = installation("{\"B\":\"mine\"}");
    installation.store.set("common", Scope.of(APP), "deployed", "true");

    assertThat(process(installation, "\"A\": \"a\", \"B\": {\"value\": \"b\", \"sync\": true}"))
        .containsExactly("config-set --no-restart blog B=b");
  }

  @Test
  void anotherReleaseOfTheSameSourceSetsNothingAgain() {
    TestInstallation installation = installation("{}");
    process(installation, "\"A\": \"a\"");

    assertThat(process(installation, "\"A\": \"a\"")).hasSize(1);
    assertThat(call.out()).endsWith("       No env vars to set from app.json\n");
  }

  @Test
  void aSecretHasSixtyFourHexadecimalDigits() {
    assertThat(process(installation("{}"), "\"A\": {\"generator\": \"secret\"}").getFirst())
        .matches("config-set --no-restart blog A=[0-9a-f]{64}");
  }

  @Test
  void nobodyCanBeAskedForARequiredValueInAPush() {
    assertThatThrownBy(() -> process(installation("{}"), "\"A\": {}, \"B\": {\"required\": false}"))
        .isInstanceOf(UserError.class)
        .hasMessage("required env var A has no value, no default, and no TTY for prompt");
  }

  @Test
  void anAppWithoutVariablesHearsNothingOfThem() {
    process(installation("{}"), "");

    assertThat(call.out()).isEmpty();
  }
}
