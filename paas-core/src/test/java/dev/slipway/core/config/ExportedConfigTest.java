package dev.slipway.core.config;

import static dev.slipway.core.triggers.CoreTriggers.CONFIG_EXPORT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.core.call.Call;
import dev.slipway.core.error.ToolFailure;
import dev.slipway.core.model.AppName;
import dev.slipway.core.model.Scope;
import dev.slipway.core.testing.RecordedCall;
import dev.slipway.core.testing.TestInstallation;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportedConfigTest {
  private final Call call = new RecordedCall().call();
  private final TestInstallation installation;
  private final AppName blog;

  ExportedConfigTest(@TempDir Path folder) {
    installation = new TestInstallation(folder);
    blog = installation.app("blog");
  }

  @Test
  void readsEveryByteThatWasSet() {
    ConfigFamily family =
        new ConfigFamily(
            installation.roots, installation.files, installation.store, installation.triggers);
    family.register(installation.handlers);
    family.config().set(call, Scope.GLOBAL, List.of("A=global", "B=global"), false, false);
    family.config().set(call, Scope.of(blog), List.of("A=x\n'\"\\ $y", "C=é"), false, false);

    assertThat(ExportedConfig.own(installation.triggers, call, blog))
        .isEqualTo(Map.of("A", "x\n'\"\\ $y", "C", "é"));
    assertThat(ExportedConfig.merged(installation.triggers, call, blog))
        .isEqualTo(Map.of("A", "x\n'\"\\ $y", "B", "global", "C", "é"));
  }

  @Test
  void nothingSaidIsNothingSet() {
    assertThat(ExportedConfig.merged(installation.triggers, call, blog)).isEmpty();
  }

  @Test
  void whatIsNoObjectOfTextsIsAFailureThatKeepsTheSecret() {
    for (String answer : List.of("secret", "{\"A\": {\"B\": \"secret\"}}", "[\"secret\"]", "{")) {
      TestInstallation broken = new TestInstallation(installation.roots.dokkuRoot());
      broken.answer(CONFIG_EXPORT, answer);

      assertThatThrownBy(() -> ExportedConfig.own(broken.triggers, call, blog))
          .as(answer)
          .isInstanceOf(ToolFailure.class)
          .hasMessageStartingWith("The configuration of blog could not be read: ")
          .hasMessageNotContaining("secret")
          .hasNoCause();
    }
  }
}
