package dev.slipway.builder.dockerfile;

import static dev.slipway.core.triggers.CoreTriggers.PORTS_SET_DETECTED;
import static dev.slipway.core.triggers.CoreTriggers.POST_BUILD;
import static dev.slipway.core.triggers.CoreTriggers.POST_RELEASE_BUILDER;
import static dev.slipway.core.triggers.CoreTriggers.PRE_BUILD;
import static dev.slipway.core.triggers.CoreTriggers.PRE_RELEASE_BUILDER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.builder.image.HostPlaces;
import dev.slipway.core.builder.AppImages;
import dev.slipway.core.call.Call;
import dev.slipway.core.call.Identity;
import dev.slipway.core.call.Streams;
import dev.slipway.core.engine.Image;
import dev.slipway.core.engine.docker.DockerEngine;
import dev.slipway.core.engine.docker.DockerSettings;
import dev.slipway.core.error.UserError;
import dev.slipway.core.model.AppName;
import dev.slipway.core.model.Scope;
import dev.slipway.core.process.Programs;
import dev.slipway.core.source.SourceTree;
import dev.slipway.core.store.InstallationId;
import dev.slipway.core.testing.TestInstallation;
import dev.slipway.core.triggers.CoreTriggers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Builds with the docker client of this machine, from images that are made here. */
class DockerfileBuilderIT {
  @TempDir Path folder;

  private final AppName app = AppName.parse("it-" + UUID.randomUUID());
  private final InstallationId id =
      new InstallationId(UUID.randomUUID().toString().substring(0, 8));
  private final Programs programs = new Programs(Optional.empty());
  private final DockerEngine engine =
      new DockerEngine(DockerSettings.from(System.getenv(), id.value(), false), programs);
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();

  private TestInstallation installation = new TestInstallation(Path.of("/"));
  private Path source = Path.of("/");

  @BeforeEach
  void makeFolders() throws IOException {
    installation = new TestInstallation(folder);
    source = Files.createDirectory(folder.resolve("source"));
    Files.writeString(source.resolve("hello"), "hello");
  }

  @AfterEach
  void removeImages() throws Exception {
    engine.removeImage(AppImages.name(app));
    List<String> mine = List.of("dev.slipway.installation=" + id);
    engine.images(mine, false).forEach(image -> engine.removeImage(image.id()));
    engine.close();
  }

  private AppImages images() {
    return new AppImages(engine, installation.roots, installation.files, id);
  }

  private DockerfileBuilder builder() {
    return new DockerfileBuilder(
        installation.triggers,
        installation.store,
        images(),
        id,
        engine,
        programs,
        System.getenv(),
        HostPlaces.of(installation.roots));
  }

  private Call call() {
    Streams streams = new Streams(InputStream.nullInputStream(), output, output);
    return Call.from(
        Identity.local("tester", false),
        "tree",
        Map.of("PATH", System.getenv("PATH"), "DOKKU_BUILD_ID", "build1"),
        folder,
        streams,
        Optional.empty(),
        program -> programs.run(program, streams));
  }

  private void build(String dockerfile) throws IOException {
    Files.writeString(source.resolve("Dockerfile"), dockerfile);
    builder().build(call(), app, new SourceTree(source));
  }

  private Image image() {
    return engine.image(AppImages.name(app)).orElseThrow();
  }

  @Test
  void buildsLabelsAndFindsThePorts() throws IOException {
    installation.watch(PRE_BUILD, PORTS_SET_DETECTED, POST_BUILD);

    build("FROM scratch\nCOPY hello /hello\nEXPOSE 3000\n");

    assertThat(image().labels())
        .containsEntry("com.dokku.app-name", app.value())
        .containsEntry("com.dokku.image-stage", "build")
        .containsEntry("com.dokku.builder-type", "dockerfile")
        .containsEntry("org.label-schema.vendor", "dokku")
        .containsEntry("org.label-schema.schema-version", "1.0")
        .containsEntry("dokku", "")
        .containsEntry("dev.slipway.installation", id.value())
        .containsEntry("dev.slipway.build", "build1");
    assertThat(installation.fired())
        .containsExactly(
            "pre-build dockerfile " + app + " " + source,
            "ports-set-detected " + app + " http:3000:3000",
            "post-build dockerfile " + app + " " + source);
  }

  @Test
  void marksAReleaseAndKeepsTheRest() throws IOException {
    build("FROM scratch\nCOPY hello /hello\n");
    installation.watch(PRE_RELEASE_BUILDER, POST_RELEASE_BUILDER);

    builder().release(call(), app, "latest");

    assertThat(image().labels())
        .containsEntry("com.dokku.image-stage", "release")
        .containsEntry("com.dokku.builder-type", "dockerfile");
    assertThat(installation.fired())
        .containsExactly(
            "pre-release-builder dockerfile " + app + " dokku/" + app + ":latest",
            "post-release-builder dockerfile " + app + " dokku/" + app + ":latest");
  }

  @Test
  void givesTheBuildOnlyTheConfigThatAnOptionNames() throws IOException {
    installation.answer(
        CoreTriggers.CONFIG_EXPORT, "{\"GREETING\":\"a 'b' $c\",\"SECRET\":\"no\"}");
    installation.answer(CoreTriggers.DOCKER_ARGS_BUILD, "--build-arg GREETING --label it=1");

    build("FROM scratch\nARG GREETING\nARG SECRET=none\nLABEL greeting=$GREETING secret=$SECRET\n");

    assertThat(image().labels())
        .containsEntry("greeting", "a 'b' $c")
        .containsEntry("secret", "none")
        .containsEntry("it", "1");
  }

  @Test
  void failsWithTheClientsOwnWords() {
    assertThatThrownBy(() -> build("FROM scratch\nCOPY missing /\n")).isInstanceOf(UserError.class);
    assertThat(output.toString(StandardCharsets.UTF_8)).contains("missing");
  }

  @Test
  void takesTheDockerfileFromWhereThePropertySays() throws IOException {
    Files.createDirectory(source.resolve("deploy"));
    Files.writeString(source.resolve("deploy/Other"), "FROM scratch\nEXPOSE 1\n");
    installation.store.set("builder-dockerfile", Scope.of(app), "dockerfile-path", "/deploy/Other");

    builder().prepare(call(), app, new SourceTree(source));

    assertThat(source.resolve("Dockerfile")).hasContent("FROM scratch\nEXPOSE 1\n");
    installation.store.set("builder-dockerfile", Scope.of(app), "dockerfile-path", "none");
    assertThatThrownBy(() -> builder().prepare(call(), app, new SourceTree(source)))
        .hasMessage("Invalid dockerfile-path specified: none");
  }

  @Test
  void leavesAForeignImageUnderTheAppsNameAlone() throws IOException {
    build("FROM scratch\nCOPY hello /hello\n");
    AppImages strangers =
        new AppImages(
            engine, installation.roots, installation.files, new InstallationId("another"));

    assertThatThrownBy(() -> strangers.current(app))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("belongs to the installation " + id);
  }

  @Test
  void putsTheFormerImageBack() throws IOException {
    build("FROM scratch\nCOPY hello /hello\n");
    String former = image().id();
    build("FROM scratch\nCOPY hello /other\n");

    images().restore(app, Optional.of(former));

    assertThat(image().id()).isEqualTo(former);
  }
}
