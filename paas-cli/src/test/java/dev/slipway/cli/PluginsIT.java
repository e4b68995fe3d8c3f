package dev.slipway.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Third-party plugins under a whole daemon, called through the real launcher. */
@Timeout(120)
class PluginsIT {
  private static final String LAUNCHER =
      System.getProperty(
          "slipway.launcher", new File("target/launcher-asan/dokku").getAbsolutePath());

  @TempDir private Path folder;
  private Daemon daemon;
  private Path lib;

  private record Ended(int status, String out, String err) {}

  @BeforeEach
  void start() {
    lib = folder.resolve("lib");
    daemon =
        new Daemon(
            DaemonSettings.from(
                Map.of(
                    "DOKKU_ROOT", folder.resolve("home").toString(),
                    "DOKKU_LIB_PATH", lib.toString(),
                    "DOKKU_LOGS_DIR", folder.resolve("log").toString(),
                    "DOKKU_SYSTEM_USER", System.getProperty("user.name"),
                    "SLIPWAY_RUN_DIR", folder.resolve("run").toString(),
                    "SLIPWAY_SSH_ADDRESS", "127.0.0.1",
                    "SLIPWAY_SSH_PORT", "0",
                    "SLIPWAY_LAUNCHER", LAUNCHER)));
    daemon.start();
  }

  @AfterEach
  void stop() {
    daemon.close();
  }

  private void script(String plugin, String file, String text) throws IOException {
    Path path = lib.resolve("plugins/available").resolve(plugin).resolve(file);
    Path parent = path.getParent();
    assertThat(parent).isNotNull();
    Files.createDirectories(parent);
    Files.writeString(path, "#!/usr/bin/env bash\n" + text);
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path enabled = lib.resolve("plugins/enabled").resolve(plugin);
    if (!Files.exists(enabled)) {
      Files.createSymbolicLink(enabled, lib.resolve("plugins/available").resolve(plugin));
    }
  }

  private Ended dokku(String... words) throws Exception {
    return dokku(Map.of(), new byte[0], words);
  }

  private Ended dokku(Map<String, String> environment, byte[] input, String... words)
      throws Exception {
    List<String> command = new ArrayList<>(List.of(LAUNCHER));
    command.addAll(Arrays.asList(words));
    return run(command, environment, input);
  }

  private Ended run(List<String> command, Map<String, String> environment, byte[] input)
      throws Exception {
    Path in = Files.write(folder.resolve("in"), input);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectInput(in.toFile())
            .redirectOutput(folder.resolve("out").toFile())
            .redirectError(folder.resolve("err").toFile());
    builder.environment().clear();
    builder.environment().put("PATH", "/usr/bin:/bin");
    builder.environment().put("SLIPWAY_SOCKET", folder.resolve("run/slipway.sock").toString());
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    return new Ended(
        process.exitValue(),
        Files.readString(folder.resolve("out"), UTF_8),
        Files.readString(folder.resolve("err"), UTF_8));
  }

  @Test
  void commandsGetTheCallersArgumentsEnvironmentDirectoryAndInput() throws Exception {
    script(
        "mongo",
        "subcommands/create",
        "printf '%s|' \"$@\" \"$MONGO_CONFIG_OPTIONS\" \"$PWD\" \"$(cat | wc -c)\"; exit 9");

    Ended ended =
        dokku(Map.of("MONGO_CONFIG_OPTIONS", "a b"), new byte[100_000], "mongo:create", "", "x\ny");

    assertThat(ended).isEqualTo(new Ended(9, "mongo:create||x\ny|a b|" + folder + "|100000|", ""));
  }

  @Test
  void commandsHaveTheCallersTerminal() throws Exception {
    script("term", "subcommands/default", "[[ -t 0 && -t 1 && -t 2 ]] && stty -opost && tty");

    Ended ended =
        run(
            List.of("script", "-qec", LAUNCHER + " term", "/dev/null"),
            Map.of("TERM", "xterm"),
            new byte[0]);

    assertThat(ended.out()).startsWith("/dev/pts/");
    assertThat(ended.status()).isZero();
  }

  @Test
  void hooksCallDokkuAndPlugnWithinTheRunningCall() throws Exception {
    script(
        "nested",
        "post-create",
        "dokku config:set --no-restart \"$1\" WHICH=\"$(which dokku)\" PID=\"$DOKKU_PID\" >&2\n"
            + "plugn trigger nested-event \"\" \"a  b\" --force\n"
            + "echo \"status $?\"\n");
    script("nested", "nested-event", "printf '[%s]' \"$@\"; echo \"$DOKKU_PID\" >&2; exit 7");

    Ended created = dokku("apps:create", "blog");

    assertThat(created.status()).isZero();
    assertThat(created.out()).contains("[][a  b][--force]status 7\n");
    assertThat(dokku("config:get", "blog", "WHICH").out()).isEqualTo(LAUNCHER + "\n");
    String pid = dokku("config:get", "blog", "PID").out().strip();
    assertThat(created.err().lines()).contains(pid);
  }

  @Test
  void authorisationAsksThePluginOnceAndNotForTriggers() throws Exception {
    Path seen = folder.resolve("seen");
    script(
        "acl",
        "user-auth",
        "printf '%s ' \"$@\" >> " + seen + "; plugn trigger acl-event; [[ $3 != apps:create ]]");
    script("acl", "acl-event", "echo event >> " + seen);

    assertThat(dokku("--quiet", "apps:create", "blog"))
        .isEqualTo(new Ended(1, "", " !     Access denied\n"));

    assertThat(Files.readString(seen)).endsWith(" default apps:create blog event\n");
    assertThat(dokku("version").status()).isZero();
  }

  @Test
  void helpListsPluginsInTheFormThatWasAskedFor() throws Exception {
    script(
        "mongo",
        "commands",
        "[[ $1 == help ]] || exit 10\n"
            + "if [[ $(ps -o command= $PPID) == *--all* ]]; then\n"
            + "  echo '    mongo:create <service>, create a service'\n"
            + "else echo '    mongo, Plugin for managing services'; fi\n");

    assertThat(dokku("help").out()).endsWith("    mongo   Plugin for managing services\n");
    assertThat(dokku("help", "--all").out())
        .endsWith("    mongo:create <service>   create a service\n");
    assertThat(dokku("mongo:create", "x").err())
        .startsWith(" !     `mongo:create x` is not a dokku command.\n");
  }

  @Test
  void filesOfTheHostReachPlugins() throws Exception {
    Files.writeString(folder.resolve("home/dokkurc"), "export POSTGRES_IMAGE_VERSION=17\n");
    script("pg", "subcommands/version", "echo \"$POSTGRES_IMAGE_VERSION $DOKKU_API_VERSION\"");

    assertThat(dokku("pg:version").out()).isEqualTo("17 1\n");
  }

  @Test
  void listsPluginsByBothNames() throws Exception {
    script("pg", "commands", "exit 10");

    String listed = dokku("plugin:list").out();

    assertThat(listed).contains("  pg                         enabled    \n");
    assertThat(
            run(
                    List.of(lib.resolve("data/slipway/bin/plugn").toString(), "list"),
                    Map.of("PLUGIN_PATH", lib.resolve("plugins").toString()),
                    new byte[0])
                .out())
        .isEqualTo(listed);
    assertThat(dokku("plugin:list", "--format", "yaml"))
        .isEqualTo(
            new Ended(
                1,
                "",
                " !     Invalid output format specified, supported formats: json, stdout\n"));
  }
}
