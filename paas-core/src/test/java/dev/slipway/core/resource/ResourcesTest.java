package dev.slipway.core.resource;

import static dev.slipway.core.triggers.CoreTriggers.DOCKER_ARGS_PROCESS_BUILD;
import static dev.slipway.core.triggers.CoreTriggers.DOCKER_ARGS_PROCESS_DEPLOY;
import static dev.slipway.core.triggers.CoreTriggers.RESOURCE_GET_PROPERTY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.core.model.AppName;
import dev.slipway.core.model.Scope;
import dev.slipway.core.report.FixedApps;
import dev.slipway.core.report.Reports;
import dev.slipway.core.testing.RecordedCall;
import dev.slipway.core.testing.TestInstallation;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ResourcesTest {
  @TempDir private Path folder;
  private final RecordedCall call = new RecordedCall();
  private TestInstallation installation = new TestInstallation(Path.of("/"));
  private ResourceFamily family =
      new ResourceFamily(installation.store, BuildDefaults.of(4, 8L << 30));
  private AppName blog = new AppName("blog");
  private Scope scope = Scope.of(blog);

  @BeforeEach
  void prepare() {
    installation = new TestInstallation(folder);
    family = new ResourceFamily(installation.store, BuildDefaults.of(4, 8L << 30));
    family.register(installation.handlers, new Reports(new FixedApps("blog")));
    blog = installation.app("blog");
    scope = Scope.of(blog);
  }

  private void limit(String process, String key, String value) {
    family
        .resources()
        .change(RecordedCall.quiet().call(), scope, Kind.LIMIT, process, Map.of(key, value));
  }

  private String deployed(String process) {
    return installation
        .triggers
        .ask(call.call(), DOCKER_ARGS_PROCESS_DEPLOY, blog, "dockerfile", "latest", process, 1)
        .strip();
  }

  private String built(String builder) {
    return installation.triggers.ask(call.call(), DOCKER_ARGS_PROCESS_BUILD, blog, builder).strip();
  }

  @Test
  void saysWhatItStoresAndClears() {
    family
        .resources()
        .change(call.call(), scope, Kind.LIMIT, "web", Map.of("memory", "512", "cpu", "2"));
    family.resources().change(call.call(), scope, Kind.RESERVE, "", Map.of("memory", "clear"));

    assertThat(call.out())
        .isEqualTo(
            """
            =====> Setting resource limits for blog (web)
                   cpu: 2
                   memory: 512
            =====> Setting resource reservation for blog
                   memory: cleared
            """);
    assertThat(installation.store.all("resource", scope))
        .isEqualTo(Map.of("web.limit.cpu", "2", "web.limit.memory", "512"));
  }

  @Test
  void showsWhatIsStoredWithoutMixingInDefaults() {
    limit("", "memory", "1g");
    limit("web", "cpu", "1");

    family.resources().change(call.call(), scope, Kind.LIMIT, "web", Map.of());
    family.resources().change(call.call(), scope, Kind.RESERVE, "", Map.of());

    assertThat(call.out().lines().map(String::stripTrailing))
        .containsExactly(
            "=====> resource limits blog information (web)",
            "       cpu: 1",
            "       memory:",
            "       memory-swap:",
            "       network:",
            "       network-ingress:",
            "       network-egress:",
            "       nvidia-gpu:",
            "=====> resource reservation blog information [defaults]",
            "       cpu:",
            "       memory:",
            "       memory-swap:",
            "       network:",
            "       network-ingress:",
            "       network-egress:",
            "       nvidia-gpu:");
  }

  @Test
  void clearsOneTypeOrEverything() {
    limit("", "memory", "1g");
    limit("web", "memory", "2g");
    family.resources().change(call.call(), scope, Kind.RESERVE, "web", Map.of("memory", "1g"));

    family.resources().clear(call.call(), scope, Kind.LIMIT, "web");
    assertThat(installation.store.all("resource", scope).keySet())
        .containsExactly("_default_.limit.memory", "web.reserve.memory");

    family.resources().clear(call.call(), scope, Kind.LIMIT, "");
    assertThat(installation.store.all("resource", scope)).isEmpty();
    assertThat(call.out())
        .endsWith("=====> clearing blog limits (web)\n=====> clearing blog limits\n");
  }

  @Test
  void limitsProcessesByTheirOwnValuesElseTheDefaultOnes() {
    limit("", "memory", "512");
    limit("", "cpu", "1");
    limit("web", "memory", "1GB");
    limit("web", "memory-swap", "2048");
    limit("web", "nvidia-gpu", "1");
    limit("web", "network", "10");
    family.resources().change(call.call(), scope, Kind.RESERVE, "", Map.of("memory", "64"));

    assertThat(deployed("web"))
        .isEqualTo("--cpus=1 --memory=1GB --memory-swap=2048 --gpus=1 --memory-reservation=64m");
    assertThat(deployed("worker")).isEqualTo("--cpus=1 --memory=512m --memory-reservation=64m");
  }

  @Test
  void theInstallationsValuesStandBehindThoseOfTheApp() {
    family
        .resources()
        .change(call.call(), Scope.GLOBAL, Kind.LIMIT, "", Map.of("memory", "256", "cpu", "3"));
    limit("", "cpu", "1");

    assertThat(deployed("web")).isEqualTo("--cpus=1 --memory=256m");
  }

  @Test
  void aBuildHasLimitsOfItsOwnAndInheritsNothing() {
    limit("", "memory", "64");
    limit("build", "memory-swap", "1g");

    assertThat(built("herokuish")).isEqualTo("--cpus=3.00 --memory=6144m --memory-swap=1g");
    assertThat(built("dockerfile")).isEqualTo("--memory-swap=1g");
    assertThat(built("pack")).isEmpty();

    limit("build", "memory", "700");
    family
        .resources()
        .change(call.call(), Scope.GLOBAL, Kind.LIMIT, "build", Map.of("memory", "9", "cpu", "1"));

    assertThat(built("herokuish")).isEqualTo("--cpus=1 --memory=700m --memory-swap=1g");
    assertThat(built("dockerfile")).isEqualTo("--memory=700m --memory-swap=1g");
  }

  @Test
  void theHostCanLeaveTheOptionsOut() {
    limit("", "memory", "512");
    RecordedCall omitting = new RecordedCall(Map.of(ResourceFamily.OMIT, "1"));

    assertThat(
            installation.triggers.ask(
                omitting.call(), DOCKER_ARGS_PROCESS_DEPLOY, blog, "dockerfile", "latest", "web"))
        .isEmpty();
  }

  @Test
  void tellsOneValueToPlugins() {
    limit("", "memory", "512");

    assertThat(
            installation.triggers.ask(
                call.call(), RESOURCE_GET_PROPERTY, blog, "web", "limit", "memory"))
        .isEqualTo("512");
    assertThat(
            installation.triggers.ask(
                call.call(), RESOURCE_GET_PROPERTY, blog, "web", "reserve", "memory"))
        .isEmpty();
  }

  @Test
  void reportsOnlyWhatIsSetInLowerCase() {
    limit("", "memory", "512");

    new Reports(new FixedApps("blog")).run(call.call(), family.report(), List.of("blog"));

    assertThat(call.out())
        .isEqualTo(
            """
            =====> blog resource information
                   resource _default_ limit memory: 512
            """);
  }

  @Test
  void refusesNamesAndValuesThatCannotBeStored() {
    assertThatThrownBy(() -> limit("../x", "memory", "1")).hasMessage("Invalid process type: ../x");
    assertThatThrownBy(() -> limit("web", "memory", "1\n2"))
        .hasMessage("A resource value is one line of text");
  }

  @Test
  void aValueStaysOneWord() {
    limit("", "cpu", "1 --privileged");

    assertThat(deployed("web")).isEqualTo("'--cpus=1 --privileged'");
  }
}
