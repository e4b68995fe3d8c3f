package dev.slipway.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FixturePluginTest {
  @TempDir private Path folder;
  private Path plugins;

  @BeforeEach
  void install() throws IOException {
    plugins = folder.resolve("plugins");
    new FixturePlugin("recorder").install(plugins);
    new FixturePlugin("nester").install(plugins);
  }

  private String run(String plugin, String trigger, String input, Map<String, String> environment)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
            plugins.resolve("enabled/" + plugin + "/" + trigger).toString(), "", "blog", "a\nb");
    builder.environment().put("DOKKU_LIB_ROOT", folder.toString());
    builder.environment().put("DOKKU_ROOT", folder.toString());
    builder.environment().putAll(environment);
    builder.redirectError(folder.resolve("err").toFile());
    Process process = builder.start();
    process.getOutputStream().write(input.getBytes(UTF_8));
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).isZero();
    return out;
  }

  @Test
  void recorderNotesTriggerAndArgumentsAndPassesListsOn() throws Exception {
    assertThat(run("recorder", "docker-args-deploy", " --one", Map.of())).isEqualTo(" --one");
    assertThat(run("recorder", "post-deploy", "", Map.of())).isEmpty();

    assertThat(folder.resolve("data/recorder/events"))
        .hasContent("docker-args-deploy '' blog $'a\\nb'\npost-deploy '' blog $'a\\nb'");
  }

  @Test
  void nesterCallsDokkuForItsOwnAppOnceAndOnStandardErrorOnly() throws Exception {
    Files.createDirectories(folder.resolve("blog"));
    Files.writeString(folder.resolve("blog/HEAD"), "ref: refs/heads/master\n");
    Path dokku = Files.createDirectories(folder.resolve("bin")).resolve("dokku");
    Files.writeString(dokku, "#!/bin/sh\necho \"$NESTER_GUARD $*\"\n[ $1 != ports:add ]\n");
    Files.setPosixFilePermissions(dokku, PosixFilePermissions.fromString("rwxr-xr-x"));
    Map<String, String> path = Map.of("PATH", folder.resolve("bin") + ":" + System.getenv("PATH"));

    assertThat(run("nester", "docker-args-deploy", " --one", path)).isEqualTo(" --one");

    assertThat(Files.readAllLines(folder.resolve("err")))
        .hasSize(3)
        .first()
        .isEqualTo("1 config:set blog NESTED_DOCKER_ARGS_DEPLOY=docker-args-deploy");
    assertThat(folder.resolve("data/nester/set"))
        .hasContent("NESTED_DOCKER_ARGS_DEPLOY=docker-args-deploy");
    assertThat(Files.readString(folder.resolve("data/nester/failed")))
        .startsWith("docker-args-deploy: ports:add blog http:");

    Map<String, String> guarded = Map.of("NESTER_GUARD", "1", "PATH", path.get("PATH"));
    assertThat(run("nester", "post-deploy", "", guarded)).isEmpty();
    assertThat(folder.resolve("err")).isEmptyFile();
  }
}
