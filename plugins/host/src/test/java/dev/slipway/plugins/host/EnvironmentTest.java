package dev.slipway.plugins.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.core.error.ToolFailure;
import dev.slipway.core.error.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvironmentTest {
  private static final String LABELS =
      "--label=org.label-schema.schema-version=1.0 --label=org.label-schema.vendor=dokku"
          + " --label=dokku";

  @TempDir private Path folder;
  private Sandbox box;

  @BeforeEach
  void install() {
    box = new Sandbox(folder);
  }

  private Map<String, String> complete(String... raw) {
    Map<String, String> environment = new java.util.HashMap<>();
    for (int i = 0; i < raw.length; i += 2) {
      environment.put(raw[i], raw[i + 1]);
    }
    return box.host.environment().complete(environment);
  }

  private void rc(String name, String text) {
    Sandbox.write(box.roots.dokkuRoot().resolve(name), text, "rw-r--r--");
  }

  @Test
  void hasEveryVariableOfTheContract() {
    String root = box.roots.dokkuRoot().toString();
    String lib = box.roots.libRoot().toString();
    assertThat(complete("SSH_ORIGINAL_COMMAND", "apps:list"))
        .containsEntry("DOKKU_ROOT", root)
        .containsEntry("DOKKU_HOST_ROOT", root)
        .containsEntry("DOKKU_LIB_ROOT", lib)
        .containsEntry("DOKKU_LIB_PATH", lib)
        .containsEntry("PLUGIN_PATH", lib + "/plugins")
        .containsEntry("PLUGIN_AVAILABLE_PATH", lib + "/plugins/available")
        .containsEntry("PLUGIN_ENABLED_PATH", lib + "/plugins/enabled")
        .containsEntry("PLUGIN_CORE_PATH", lib + "/core-plugins")
        .containsEntry("PLUGIN_CORE_AVAILABLE_PATH", lib + "/core-plugins/available")
        .containsEntry("PLUGIN_CORE_ENABLED_PATH", lib + "/core-plugins/enabled")
        .containsEntry("DOKKU_API_VERSION", "1")
        .containsEntry("DOKKU_NOT_IMPLEMENTED_EXIT", "10")
        .containsEntry("DOKKU_VALID_EXIT", "0")
        .containsEntry("DOCKER_BIN", "docker")
        .containsEntry("DOKKU_IMAGE", "gliderlabs/herokuish:latest-24")
        .containsEntry("DOKKU_CNB_BUILDER", "heroku/builder:24")
        .containsEntry("DOKKU_LOGS_DIR", box.roots.logs().toString())
        .containsEntry("DOKKU_LOGS_HOST_DIR", box.roots.logs().toString())
        .containsEntry("DOKKU_EVENTS_LOGFILE", box.roots.logs() + "/events.log")
        .containsEntry("DOKKU_CONTAINER_LABEL", "dokku")
        .containsEntry("DOKKU_GLOBAL_BUILD_ARGS", LABELS)
        .containsEntry("DOKKU_GLOBAL_RUN_ARGS", LABELS)
        .containsEntry("DOKKU_SYSTEM_USER", box.roots.systemUser())
        .containsEntry("DOKKU_SYSTEM_GROUP", box.roots.systemGroup())
        .containsEntry("SLIPWAY_SOCKET", box.roots.socket().toString())
        .containsEntry("SSH_NAME", "default")
        .containsKeys("DOKKU_PID", "DOKKU_DISTRO", "USER", "HOME", "PATH")
        .doesNotContainKeys("SSH_ORIGINAL_COMMAND", "DOKKU_LIB_HOST_ROOT", "DOKKU_TRACE");
  }

  @Test
  void keepsWhatTheCallerHasExceptWhatTheDaemonKnowsBetter() {
    assertThat(
            complete(
                "DOKKU_HOST_ROOT",
                "/host",
                "DOKKU_IMAGE",
                "mine",
                "DOKKU_CNB_BUILDER",
                "",
                "DOKKU_ROOT",
                "/elsewhere",
                "DOCKER_BIN",
                "/evil",
                "DOKKU_API_VERSION",
                "2",
                "MONGO_CONFIG_OPTIONS",
                "a b"))
        .containsEntry("DOKKU_HOST_ROOT", "/host")
        .containsEntry("DOKKU_IMAGE", "mine")
        .containsEntry("DOKKU_CNB_BUILDER", "heroku/builder:24")
        .containsEntry("DOKKU_ROOT", box.roots.dokkuRoot().toString())
        .containsEntry("DOCKER_BIN", "docker")
        .hasEntrySatisfying("DOKKU_DISTRO", distro -> assertThat(distro).isNotEqualTo("none"))
        .containsEntry("MONGO_CONFIG_OPTIONS", "a b");
  }

  @Test
  void takesNobodysWordForBeingNested() {
    String[] forged = {
      "LD_PRELOAD", "x", "DOCKER_CONFIG", "/x", "DOKKU_API_VERSION", "1", "SLIPWAY_CALL", "ended"
    };
    assertThat(complete(forged)).doesNotContainKeys("LD_PRELOAD", "DOCKER_CONFIG");
  }

  @Test
  void namesEachInvocationAndLetsNestedCallsKeepTheName() {
    String first = complete().getOrDefault("DOKKU_PID", "");
    assertThat(first).matches("[0-9]+").isNotEqualTo(complete().get("DOKKU_PID"));
    assertThat(complete("DOKKU_PID", first)).containsEntry("DOKKU_PID", first);
  }

  @Test
  void putsItsProgramsInFrontOfThePathOnce() {
    String ours = folder.resolve("bin") + ":" + box.roots.libRoot() + "/data/slipway/bin";
    String path = ours + ":/usr/bin:/bin";
    assertThat(complete("PATH", "/usr/bin:/bin")).containsEntry("PATH", path);
    assertThat(complete("PATH", path)).containsEntry("PATH", path);
    assertThat(complete().get("PATH")).startsWith(ours + ":/usr/local/sbin:");
  }

  @Test
  void keepsStartupVariablesOutOfTheOutermostCallOnly() {
    String[] raw = {
      "LD_PRELOAD",
      "/x.so",
      "BASH_ENV",
      "/x",
      "PERL5OPT",
      "-Mx",
      "BASH_FUNC_f%%",
      "() { :; }",
      "F",
      "() { :; }",
      "GOOD",
      "1"
    };
    assertThat(complete(raw))
        .doesNotContainKeys("LD_PRELOAD", "BASH_ENV", "PERL5OPT", "BASH_FUNC_f%%", "F")
        .containsEntry("GOOD", "1");
    assertThat(complete("BASH_FUNC_f%%", "() { :; }", "SLIPWAY_CALL", "running"))
        .containsKey("BASH_FUNC_f%%");
  }

  @Test
  void evaluatesTheHostsFilesByBashInTheirOrder() {
    Sandbox.write(
        box.defaults,
        "export A=1\nexport ORDER=default\nexport DOCKER_BIN=podman\nPLAIN=unseen\n"
            + "DOKKU_IMAGE=unexported",
        "rw-r--r--");
    rc("dokkurc", "if [[ $A == 1 ]]; then export B=\"two\nlines $(echo 3)\"; fi; ORDER=rc");
    rc(".dokkurc/20-b", "export LAST=b ORDER=\"$ORDER+b\"");
    rc(".dokkurc/10-a", "export LAST=a ORDER=\"$ORDER+a\"");
    rc(".dokkurc/.hidden", "export HIDDEN=1");

    assertThat(complete())
        .containsEntry("A", "1")
        .containsEntry("B", "two\nlines 3")
        .containsEntry("LAST", "b")
        .containsEntry("ORDER", "rc+a+b")
        .containsEntry("DOCKER_BIN", "podman")
        .containsEntry("DOKKU_IMAGE", "unexported")
        .doesNotContainKeys("PLAIN", "HIDDEN", "slipway_file", "SHLVL", "_");
  }

  @Test
  void letsFilesSetDefaultAndBuildUponTheCallersVariables() {
    rc(
        "dokkurc",
        "export SET=file OPTIONAL=${OPTIONAL:-file} PATH=\"$PATH:/opt/extra\""
            + " MORE=\"<${MORE}>\"\n");

    assertThat(complete("SET", "mine", "OPTIONAL", "mine", "MORE", "mine", "PATH", "/usr/bin"))
        .containsEntry("SET", "file")
        .containsEntry("OPTIONAL", "mine")
        .containsEntry("MORE", "<mine>")
        .hasEntrySatisfying("PATH", path -> assertThat(path).endsWith(":/usr/bin:/opt/extra"));
    assertThat(complete())
        .containsEntry("SET", "file")
        .containsEntry("OPTIONAL", "file")
        .containsEntry("MORE", "<>")
        .hasEntrySatisfying("PATH", path -> assertThat(path).endsWith("/bin:/opt/extra"));
  }

  @Test
  void evaluatesAgainOnlyWhenAFileChanges() throws IOException {
    Path count = folder.resolve("count");
    rc("dokkurc", "echo x >> " + count + "; export V=1");
    awaitSettled();
    complete();
    long before = Files.size(count);
    assertThat(complete()).containsEntry("V", "1");
    complete();
    assertThat(Files.size(count)).isEqualTo(before);

    rc("dokkurc", "echo x >> " + count + "; export V=2");
    assertThat(complete()).containsEntry("V", "2");
    rc(".dokkurc/more", "export W=3");
    assertThat(complete()).containsEntry("W", "3");
    Files.delete(box.roots.dokkuRoot().resolve(".dokkurc/more"));
    assertThat(complete()).doesNotContainKey("W").containsEntry("V", "2");
  }

  @Test
  void seesAChangeOfTheSameSizeInTheSameMoment() {
    rc("dokkurc", "export V=1");
    complete();
    rc("dokkurc", "export V=2");
    assertThat(complete()).containsEntry("V", "2");
  }

  @Test
  void refusesAFileThatCannotBeRead() throws IOException {
    Path dangling = box.roots.dokkuRoot().resolve(".dokkurc/gone");
    Files.createDirectories(box.roots.dokkuRoot().resolve(".dokkurc"));
    Files.createSymbolicLink(dangling, folder.resolve("nowhere"));

    assertThatThrownBy(this::complete)
        .isInstanceOfSatisfying(
            UserError.class,
            error -> {
              assertThat(error.text()).isEqualTo("Unable to read " + dangling + " for sourcing");
              assertThat(error.exitCode()).isEqualTo(1);
              assertThat(error.prefixed()).isFalse();
            });
  }

  @Test
  void tellsWhichFilesCouldNotBeEvaluated() {
    rc("dokkurc", "echo because >&2; exit 3");

    assertThatThrownBy(this::complete)
        .isInstanceOf(ToolFailure.class)
        .hasMessage(
            "Evaluating " + box.roots.dokkuRoot() + "/dokkurc failed with status 3: because");
  }

  @Test
  void keepsTheCallersVariablesOutOfTheEvaluation() {
    rc("dokkurc", "export SEEN=\"${LD_PRELOAD-}${SECRET-}\" X=1");

    assertThat(complete("LD_PRELOAD", "/x.so", "SECRET", "s")).containsEntry("SEEN", "");
  }

  /** Waits until files written just now are old enough for the clock of the file system. */
  private static void awaitSettled() {
    Instant end = Instant.now().plus(Duration.ofMillis(60));
    while (Instant.now().isBefore(end)) {
      Thread.onSpinWait();
    }
  }
}
