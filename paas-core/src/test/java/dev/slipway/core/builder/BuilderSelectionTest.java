package dev.slipway.core.builder;

import static dev.slipway.core.triggers.CoreTriggers.BUILDER_HEROKUISH_ALLOWED;
import static dev.slipway.core.triggers.CoreTriggers.BUILDER_IMAGE_IS_CNB;
import static dev.slipway.core.triggers.CoreTriggers.BUILDER_IMAGE_IS_HEROKUISH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.core.call.Call;
import dev.slipway.core.engine.Image;
import dev.slipway.core.engine.MemoryEngine;
import dev.slipway.core.model.AppName;
import dev.slipway.core.model.Scope;
import dev.slipway.core.source.SourceTree;
import dev.slipway.core.testing.RecordedCall;
import dev.slipway.core.testing.TestInstallation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which builder is picked; the signs of Dockerfiles and buildpacks are their builders' affair. */
final class BuilderSelectionTest {
  @TempDir private Path folder;
  private final RecordedCall call = new RecordedCall();
  private final AppName app = new AppName("blog");
  private final MemoryEngine engine = new MemoryEngine();
  private TestInstallation installation = new TestInstallation(Path.of("/"));
  private Builders builders =
      new Builders(List.of(), installation.store, engine, installation.triggers);

  @BeforeEach
  void prepare() {
    installation = new TestInstallation(folder.resolve("installation"));
    builders =
        new Builders(
            List.of(new ByFile("dockerfile", "Dockerfile"), new ByFile("herokuish", ".buildpacks")),
            installation.store,
            engine,
            installation.triggers);
    builders.register(installation.handlers);
  }

  private record ByFile(String name, String file) implements Builder {
    @Override
    public boolean detects(Call call, AppName app, SourceTree source) {
      return source.hasFile(file);
    }

    @Override
    public void prepare(Call call, AppName app, SourceTree source) {}

    @Override
    public void build(Call call, AppName app, SourceTree source) {}

    @Override
    public void release(Call call, AppName app, String tag) {}
  }

  private String pick(String... files) throws IOException {
    Path tree = Files.createTempDirectory(folder, "tree");
    for (String file : files) {
      Files.createFile(tree.resolve(file));
    }
    return builders.pick(call.call(), app, tree);
  }

  private void select(Scope scope, String name) {
    installation.store.set("builder", scope, "selected", name);
  }

  @Test
  void theSourceDecides() throws IOException {
    assertThat(pick("Dockerfile")).isEqualTo("dockerfile");
    assertThat(pick(".buildpacks")).isEqualTo("herokuish");
    assertThat(pick("Dockerfile", "nixpacks.toml", "lambda.yml")).isEqualTo("dockerfile");
    assertThat(pick("package.json")).isEqualTo("herokuish");
    assertThat(pick()).isEqualTo("herokuish");
  }

  @Test
  void aSelectionWinsOverTheSourceAndTheAppsOverTheGlobalOne() throws IOException {
    select(Scope.GLOBAL, "herokuish");
    assertThat(pick("Dockerfile")).isEqualTo("herokuish");
    select(Scope.of(app), "dockerfile");
    assertThat(pick(".buildpacks")).isEqualTo("dockerfile");
  }

  @Test
  void whatIsNotThereSaysWhatIsMissing() {
    for (Map.Entry<String, String> each :
        Map.of(
                "lambda.yml", "lambda",
                "nixpacks.toml", "nixpacks",
                "project.toml", "pack",
                "railpack.json", "railpack")
            .entrySet()) {
      assertThatThrownBy(() -> pick(each.getKey()))
          .hasMessageContaining("The builder '" + each.getValue() + "' is not part of Slipway yet")
          .hasMessageContaining(each.getKey());
    }
    select(Scope.of(app), "magic");
    assertThatThrownBy(() -> pick("Dockerfile"))
        .hasMessage("There is no builder 'magic' (there are: dockerfile, herokuish)");
  }

  @Test
  void whereBuildpacksAreNotAllowedOnlyOtherMachinesAreSentElsewhere() throws IOException {
    installation.deny(BUILDER_HEROKUISH_ALLOWED);

    assertThat(engine.info()).containsEntry("architecture", "amd64");
    assertThat(pick()).isEqualTo("herokuish");
  }

  @Test
  void aPluginThatSortsFirstOverridesTheSelection() throws IOException {
    select(Scope.of(app), "dockerfile");
    installation.handlers.on(
        "aaa",
        dev.slipway.core.triggers.CoreTriggers.BUILDER_DETECT,
        at -> at.out().line("herokuish"));

    assertThat(pick("Dockerfile")).isEqualTo("herokuish");
  }

  private static Image image(Map<String, String> labels, String... environment) {
    return new Image(
        "sha256:1",
        List.of(),
        labels,
        List.of(),
        List.of(environment),
        List.of(),
        List.of(),
        "",
        "");
  }

  @Test
  void anImageShowsWhoReleasesIt() {
    Map<String, String> cnb = Map.of("io.buildpacks.stack.id", "s", "com.dokku.builder-type", "x");
    assertThat(BuilderTypes.releasedBy(image(cnb), "u")).isEqualTo("pack");
    assertThat(BuilderTypes.releasedBy(image(Map.of("com.dokku.builder-type", "nixpacks")), "u"))
        .isEqualTo("nixpacks");
    assertThat(BuilderTypes.releasedBy(image(Map.of(), "USER=u"), "u")).isEqualTo("herokuish");
    assertThat(BuilderTypes.releasedBy(image(Map.of(), "USER=v"), "u")).isEqualTo("dockerfile");
  }

  @Test
  void pluginsAreToldWhatAnImageIs() {
    engine.withImage("cnb", Map.of("io.buildpacks.stack.id", "s"), List.of());
    engine.withImage("plain");

    assertThat(installation.triggers.ask(call.call(), BUILDER_IMAGE_IS_CNB, app, "cnb"))
        .isEqualTo("true");
    assertThat(installation.triggers.ask(call.call(), BUILDER_IMAGE_IS_HEROKUISH, app, "cnb"))
        .isEqualTo("true");
    assertThat(installation.triggers.ask(call.call(), BUILDER_IMAGE_IS_HEROKUISH, app, "plain"))
        .isEqualTo("false");
  }
}
