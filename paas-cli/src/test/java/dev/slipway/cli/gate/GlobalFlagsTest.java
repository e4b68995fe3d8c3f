package dev.slipway.cli.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Spec: 01 section 1.5. */
final class GlobalFlagsTest {
  private static GlobalFlags parse(String line) {
    return GlobalFlags.parse(line.isEmpty() ? List.of() : List.of(line.split(" ", -1)), "");
  }

  private static String words(String line) {
    return String.join(" ", parse(line).words());
  }

  @Test
  void setVariables() {
    assertThat(parse("--quiet --trace --force --app blog ps:report").variables())
        .containsOnly(
            java.util.Map.entry("DOKKU_QUIET_OUTPUT", "1"),
            java.util.Map.entry("DOKKU_TRACE", "1"),
            java.util.Map.entry("DOKKU_APPS_FORCE_DELETE", "1"),
            java.util.Map.entry("DOKKU_APP_NAME", "blog"),
            java.util.Map.entry("DOKKU_GLOBAL_FLAGS", "--quiet --trace --force --app"));
  }

  @Test
  void areRecognisedAnywhereAndRemovedOnlyInFront() {
    assertThat(words("--quiet --trace apps:list --quiet")).isEqualTo("apps:list --quiet");
    assertThat(parse("run app npm i --force").variables())
        .containsEntry("DOKKU_APPS_FORCE_DELETE", "1");
    assertThat(words("run app npm i --force")).isEqualTo("run app npm i --force");
  }

  @Test
  void dropEveryLeadingWordWithTwoDashes() {
    assertThat(words("--bogus apps:list")).isEqualTo("apps:list");
    assertThat(words("--rm --detach --app x run a b")).isEqualTo("run a b");
    assertThat(words("--help")).isEmpty();
    assertThat(words("")).isEmpty();
  }

  @Test
  void keepVersionAsACommand() {
    assertThat(words("--version")).isEqualTo("--version");
    assertThat(words("--quiet --version x")).isEqualTo("--version x");
    assertThat(words("-v")).isEqualTo("-v");
  }

  @Test
  void takeTheAppOnlyInFrontOfTheCommand() {
    assertThat(parse("--app blog run tool").app()).contains("blog");
    assertThat(parse("--app a --app b x").app()).contains("b");
    assertThat(parse("run blog tool --app other").app()).isEmpty();
    assertThat(parse("run blog tool --app other").variables()).doesNotContainKey("DOKKU_APP_NAME");
    assertThatThrownBy(() -> parse("--app")).hasMessage("--app needs the name of an app");
  }

  @Test
  void doNotTakeTheNameOfAnAppForAFlag() {
    assertThat(parse("--app --force apps:list").variables())
        .doesNotContainKey("DOKKU_APPS_FORCE_DELETE");
  }

  @Test
  void collectAllWordsWithTwoDashesUnlessAnOuterCallDid() {
    assertThat(parse("run --label=x app cmd --y").variables())
        .containsEntry("DOKKU_GLOBAL_FLAGS", "--label=x --y");
    assertThat(GlobalFlags.parse(List.of("--quiet", "x"), "--outer").variables())
        .doesNotContainKey("DOKKU_GLOBAL_FLAGS");
  }
}
