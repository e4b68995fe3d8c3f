package dev.slipway.builder;

import static dev.slipway.core.triggers.CoreTriggers.POST_BUILD;
import static dev.slipway.core.triggers.CoreTriggers.POST_RELEASE_BUILDER;
import static dev.slipway.core.triggers.CoreTriggers.PRE_BUILD;
import static dev.slipway.core.triggers.CoreTriggers.PRE_RELEASE_BUILDER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.core.builder.AppImages;
import dev.slipway.core.builder.Builder;
import dev.slipway.core.call.Call;
import dev.slipway.core.call.Identity;
import dev.slipway.core.call.Streams;
import dev.slipway.core.engine.Image;
import dev.slipway.core.engine.docker.DockerEngine;
import dev.slipway.core.engine.docker.DockerSettings;
import dev.slipway.core.error.ToolFailure;
import dev.slipway.core.error.UserError;
import dev.slipway.core.model.AppName;
import dev.slipway.core.process.Programs;
import dev.slipway.core.source.SourceTree;
import dev.slipway.core.store.InstallationId;
import dev.slipway.core.testing.TestInstallation;
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

/** What every builder does alike, whatever it builds with. Spec: 03 sections 5, 10.2 and 13. */
public abstract class BuilderContract {
  @TempDir protected Path folder;

  protected final AppName app = AppName.parse("it-" + UUID.randomUUID());
  protected final InstallationId id =
      new InstallationId(UUID.randomUUID().toString().substring(0, 8));
  protected final Programs programs = new Programs(Optional.empty());
  protected final DockerEngine engine =
      new DockerEngine(DockerSettings.from(System.getenv(), id.value(), false), programs);
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();

  protected TestInstallation installation = new TestInstallation(Path.of("/"));
  protected Path source = Path.of("/");

  protected abstract Builder builder();

  /** Fills {@link #source} with something that can be built. */
  protected abstract void makeSource() throws IOException;

  /** Changes {@link #source} into something that cannot be built. */
  protected abstract void spoilSource() throws IOException;

  /** Whether it fires the triggers around a build. */
  protected boolean builds() {
    return true;
  }

  @BeforeEach
  void makeFolders() throws IOException {
    installation = new TestInstallation(folder.resolve("installation"));
    installation.app(app.value());
    source = Files.createDirectory(folder.resolve("source"));
    makeSource();
  }

  @AfterEach
  void removeWhatWasMade() throws Exception {
    List<String> mine = List.of("dev.slipway.installation=" + id);
    engine.containers(mine).forEach(container -> engine.remove(container.id(), true));
    engine.removeImage(AppImages.name(app));
    for (int layer = 0; layer < 3; layer++) {
      engine.images(mine, false).forEach(image -> engine.removeImage(image.id()));
    }
    engine.removeVolume("cache-" + app);
    engine.close();
  }

  protected AppImages images() {
    return new AppImages(engine, installation.roots, installation.files, id);
  }

  protected Call call() {
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

  protected String output() {
    return output.toString(StandardCharsets.UTF_8);
  }

  protected void build() {
    builder().prepare(call(), app, new SourceTree(source));
    builder().build(call(), app, new SourceTree(source));
  }

  protected Image image() {
    return engine.image(AppImages.name(app)).orElseThrow();
  }

  @Test
  void aBuiltImageIsTheAppsAndSaysSo() {
    installation.watch(PRE_BUILD, POST_BUILD);

    build();

    assertThat(image().labels())
        .containsEntry("com.dokku.app-name", app.value())
        .containsEntry("org.label-schema.vendor", "dokku")
        .containsEntry("org.label-schema.schema-version", "1.0")
        .containsEntry("dokku", "")
        .containsEntry("dev.slipway.installation", id.value());
    assertThat(images().current(app)).isPresent();
    String around = " " + builder().name() + " " + app + " " + source;
    assertThat(installation.fired())
        .isEqualTo(builds() ? List.of("pre-build" + around, "post-build" + around) : List.of());
    if (builds()) {
      assertThat(image().labels())
          .containsEntry("com.dokku.image-stage", "build")
          .containsEntry("com.dokku.builder-type", builder().name())
          .containsEntry("dev.slipway.build", "build1");
    }
  }

  @Test
  void aReleaseIsMarkedAndToldOf() {
    build();
    installation.watch(PRE_RELEASE_BUILDER, POST_RELEASE_BUILDER);

    builder().release(call(), app, "latest");

    assertThat(image().labels())
        .containsEntry("com.dokku.image-stage", "release")
        .containsEntry("com.dokku.app-name", app.value());
    String about = " " + builder().name() + " " + app + " dokku/" + app + ":latest";
    assertThat(installation.fired())
        .containsExactly("pre-release-builder" + about, "post-release-builder" + about);
  }

  @Test
  void releasingTwiceMakesNoSecondImage() {
    build();
    builder().release(call(), app, "latest");
    String released = image().id();

    builder().release(call(), app, "latest");

    assertThat(image().id()).isEqualTo(released);
  }

  @Test
  void whatCannotBeBuiltFailsAndLeavesNoContainer() throws IOException {
    spoilSource();

    assertThatThrownBy(this::build).isInstanceOfAny(UserError.class, ToolFailure.class);
    assertThat(engine.containers(List.of("dev.slipway.installation=" + id))).isEmpty();
  }

  @Test
  void aPluginThatRefusesTheReleaseEndsIt() {
    build();
    String built = image().id();
    installation.watch(PRE_RELEASE_BUILDER).refuse(PRE_RELEASE_BUILDER);

    assertThatThrownBy(() -> builder().release(call(), app, "latest"))
        .isInstanceOf(ToolFailure.class);
    assertThat(image().id()).isEqualTo(built);
  }
}
