package dev.slipway.core.report;

import static dev.slipway.core.report.Property.Line.COMPUTED;
import static dev.slipway.core.report.Property.Line.OWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.core.call.Call;
import dev.slipway.core.model.AppName;
import dev.slipway.core.model.Scope;
import dev.slipway.core.testing.RecordedCall;
import dev.slipway.core.testing.TestInstallation;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PropertyValuesTest {
  private static final AppName BLOG = AppName.parse("blog");
  private static final Scope APP = Scope.of(BLOG);
  private static final PropertySet SET =
      new PropertySet(
          "ships",
          PropertyFamily.COMPILED,
          List.of(
              Property.everywhere("hull", "steel"),
              Property.perApp("crew", "5"),
              Property.globalOnly("port", "home"),
              Property.everywhere("flag", "").shown(OWN, COMPUTED),
              Property.perApp("hidden", "").shown()));

  private final Call call = new RecordedCall().call();
  private final TestInstallation installation;
  private final PropertyValues values;

  PropertyValuesTest(@TempDir Path folder) {
    installation = new TestInstallation(folder);
    values = new PropertyValues(installation.store, SET);
  }

  private void set(Scope scope, String key, String value) {
    installation.store.set("ships", scope, key, value);
  }

  private Map<String, String> shown(Scope scope) {
    Map<String, String> shown = new TreeMap<>();
    for (ReportedFlag flag : values.report(true).flags().apply(scope)) {
      shown.put(flag.name(), flag.value().of(call, scope));
    }
    return shown;
  }

  @Test
  void theAppComesBeforeTheInstallationAndThatBeforeTheDefault() {
    assertThat(values.computed(BLOG, "hull")).isEqualTo("steel");
    set(Scope.GLOBAL, "hull", "wood");
    assertThat(values.computed(BLOG, "hull")).isEqualTo("wood");
    assertThat(values.computed(Scope.GLOBAL, "hull")).isEqualTo("wood");
    set(APP, "hull", "tin");
    assertThat(values.computed(BLOG, "hull")).isEqualTo("tin");
    set(APP, "hull", "");
    assertThat(values.computed(BLOG, "hull")).isEqualTo("wood");
  }

  @Test
  void aValueWhereThePropertyHasNoneDoesNotCount() {
    set(Scope.GLOBAL, "crew", "9");
    set(APP, "port", "away");

    assertThat(values.computed(BLOG, "crew")).isEqualTo("5");
    assertThat(values.computed(BLOG, "port")).isEqualTo("home");
  }

  @Test
  void aDefaultMayDependOnTheApp() {
    PropertyValues dynamic =
        new PropertyValues(
            installation.store, SET, (scope, property) -> scope + "/" + property.name());

    assertThat(dynamic.computed(BLOG, "hull")).isEqualTo(APP + "/hull");
  }

  @Test
  void askingForWhatIsNotInTheSetIsABug() {
    assertThatThrownBy(() -> values.computed(BLOG, "sail"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void showsOwnGlobalAndComputedValuesOfAnApp() {
    set(Scope.GLOBAL, "hull", "wood");
    set(APP, "flag", "red");

    assertThat(shown(APP))
        .isEqualTo(
            Map.of(
                "ships-hull", "",
                "ships-global-hull", "wood",
                "ships-computed-hull", "wood",
                "ships-crew", "",
                "ships-computed-crew", "5",
                "ships-global-port", "",
                "ships-computed-port", "home",
                "ships-flag", "red",
                "ships-computed-flag", "red"));
  }

  @Test
  void showsGlobalAndComputedValuesOfTheInstallation() {
    set(Scope.GLOBAL, "hull", "wood");

    assertThat(shown(Scope.GLOBAL))
        .isEqualTo(
            Map.of(
                "ships-global-hull", "wood",
                "ships-computed-hull", "wood",
                "ships-global-port", "",
                "ships-computed-port", "home"));
  }
}
