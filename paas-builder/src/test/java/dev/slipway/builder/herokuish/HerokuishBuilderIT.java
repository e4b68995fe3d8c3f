package dev.slipway.builder.herokuish;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.builder.BuilderContract;
import dev.slipway.core.builder.BuildCache;
import dev.slipway.core.builder.Builder;
import dev.slipway.core.call.Streams;
import dev.slipway.core.engine.ContainerSpec;
import dev.slipway.core.triggers.CoreTriggers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The contract and more, in a stack image of a few lines that keeps to the in-image contract: what
 * {@code bin/build} of the source says is done.
 */
class HerokuishBuilderIT extends BuilderContract {
  private static final String BASE =
      Optional.ofNullable(System.getenv("SLIPWAY_TEST_IMAGE"))
          .orElse("slipway/sample-base:bookworm");
  private static final String BUILD =
      """
      #!/bin/sh
      cd /app || exit 1
      echo "-----> Tiny app detected"
      echo "user $USER, cache $(cat "$CACHE_PATH/count" 2>/dev/null), greeting $(cat /tmp/env/GREETING)"
      echo once >> "$CACHE_PATH/count"
      sh ./build || exit $?
      """;
  private static final String EXEC =
      """
      #!/bin/sh
      cd /app || exit 1
      for script in .profile.d/*.sh; do . "./$script"; done
      exec "$@"
      """;

  private final String stack = "slipway-test-stack:" + app;

  @Override
  protected Builder builder() {
    HerokuishFamily family =
        new HerokuishFamily(
            installation.roots,
            installation.store,
            installation.triggers,
            engine,
            id,
            programs,
            System.getenv());
    return family.builder(images(), new BuildCache(engine, id));
  }

  @Override
  protected void makeSource() throws IOException {
    Path context = Files.createDirectory(folder.resolve("stack"));
    Files.writeString(context.resolve("build"), BUILD);
    Files.writeString(context.resolve("exec"), EXEC);
    Files.writeString(
        context.resolve("Dockerfile"),
        "FROM "
            + BASE
            + "\nCOPY build exec /\nRUN chmod +x /build /exec && useradd -u 4321 -d /app herokuishuser\n");
    engine.build(context, Map.of(), Map.of("dev.slipway.test", "stack"), stack, line -> {});
    installation.answer(CoreTriggers.BUILDPACK_STACK_NAME, stack);
    Files.writeString(source.resolve("build"), "echo built > result\nmkdir -p .profile.d\n");
    Files.writeString(source.resolve(".env"), "OWN=1");
  }

  @Override
  protected void spoilSource() throws IOException {
    Files.writeString(source.resolve("build"), "echo 'no such thing' >&2; exit 3\n");
  }

  @AfterEach
  void removeStack() {
    engine.removeImage(stack);
  }

  /** What a command of the app's image prints. */
  private String run(String... command) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Containers.temporary(
        engine,
        new ContainerSpec(
            Containers.name(app, "look"),
            List.of(),
            "dokku/" + app,
            List.of(command),
            Map.of(),
            Optional.empty()),
        container ->
            engine.runAttached(
                container,
                new Streams(InputStream.nullInputStream(), out, out),
                false,
                Optional.empty()));
    return out.toString(UTF_8);
  }

  @Test
  void theBuildSeesSourceCacheUserAndConfiguration() {
    installation.answer(CoreTriggers.CONFIG_EXPORT, "{\"GREETING\":\"hello\"}");

    build();
    build();

    assertThat(output())
        .containsSubsequence(
            "-----> Building " + app + " from " + stack,
            "-----> Adding BUILD_ENV to build environment...",
            "       BUILD_ENV added successfully",
            "-----> Tiny app detected",
            "user herokuishuser, cache , greeting hello",
            "user herokuishuser, cache once, greeting hello");
    assertThat(run("cat", "/app/result")).isEqualTo("built\n");
    assertThat(image().environment()).contains("USER=herokuishuser");
    assertThat(image().environment()).noneMatch(entry -> entry.contains("hello"));
  }

  @Test
  void aReleasedAppIsItsUsersAndHasItsConfiguration() {
    build();
    installation.handlers.on(
        "config",
        CoreTriggers.CONFIG_EXPORT,
        at ->
            at.out()
                .line(
                    at.argument(3).equals("exports")
                        ? at.argument(1).equals("true")
                            ? "export WHERE='everywhere'\nexport BOTH='global'"
                            : "export BOTH='own'"
                        : "{}"));

    builder().release(call(), app, "latest");

    assertThat(run("/exec", "sh", "-c", "id -un; pwd; echo $WHERE $BOTH; stat -c %U result"))
        .isEqualTo("herokuishuser\n/app\neverywhere own\nherokuishuser\n");
    assertThat(run("ls", "/tmp/env")).contains("No such file");
  }

  @Test
  void anotherConfigurationIsReleasedFromTheSameBuild() {
    build();
    String built = image().id();
    installation.setConfig(app, "DOKKU_APP_USER", "");
    builder().release(call(), app, "latest");
    String first = image().id();
    installation.answer(CoreTriggers.CONFIG_EXPORT, "export NEW='1'");

    builder().release(call(), app, "latest");

    assertThat(image().id()).isNotEqualTo(first);
    assertThat(image().labels()).containsEntry(ReleaseLayer.BASE, built);
    assertThat(run("/exec", "sh", "-c", "echo $NEW")).isEqualTo("1\n");
  }

  @Test
  void aFailingBuildpackIsNamed() throws IOException {
    spoilSource();

    try {
      build();
    } catch (dev.slipway.core.error.UserError e) {
      assertThat(e).hasMessage("Failure starting container during app build");
    }

    assertThat(output())
        .containsSubsequence("no such thing", " !     The buildpack 'Tiny' failed (exit code 3)");
  }

  @Test
  void aPluginMayNameTheImageToBuildIn() {
    installation.answer(CoreTriggers.BUILDER_DOKKU_IMAGE, "slipway-test-none:" + app);

    try {
      build();
    } catch (dev.slipway.core.error.UserError e) {
      assertThat(e).hasMessageContaining("slipway-test-none:" + app);
      return;
    }
    throw new AssertionError("built in an image that does not exist");
  }
}
