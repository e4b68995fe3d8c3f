package dev.slipway.cli.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.cli.door.FakeDaemon.Served;
import dev.slipway.cli.door.LauncherProgram.End;
import dev.slipway.core.text.ExactText;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Programs that the launcher runs with its own descriptors. */
@Timeout(120)
class LauncherExecIT {
  private static final Map<String, String> PATH = Map.of("PATH", "/usr/bin:/bin");

  @TempDir Path folder;
  private FakeDaemon daemon;

  @BeforeEach
  void listen() throws IOException {
    daemon = new FakeDaemon(folder.resolve("s"));
  }

  @AfterEach
  void stopListening() throws IOException {
    daemon.close();
  }

  @Test
  void runsSeveralProgramsInOrderWithTheOutputAroundThem() throws Exception {
    try (Launched launched = Launched.launcher(daemon, "x");
        Served call = daemon.accept()) {
      call.session().out().write('1');
      assertThat(call.session().run(shell("printf 2; exit 7"))).isEqualTo(new End(7, ""));
      call.session().out().write('3');
      assertThat(call.session().run(shell("printf 4"))).isEqualTo(new End(0, ""));
      call.session().exit(9);

      assertThat(launched.exitCode()).isEqualTo(9);
      assertThat(launched.output()).isEqualTo("1234");
      assertThat(launched.errors()).isEmpty();
    }
  }

  @Test
  void givesExactArgumentsEnvironmentAndDirectory() throws Exception {
    Path there = Files.createDirectory(folder.resolve("d e\nf"));
    Map<String, String> environment = new HashMap<>(PATH);
    environment.put("RAW", "\udcff\n ");
    environment.put("BIG", "b".repeat(100_000));
    String script = "printf '%s|' \"$#\" \"$@\" \"$RAW\" \"${#BIG}\" \"$(env | wc -c)\" \"$PWD\"";
    LauncherProgram program =
        new LauncherProgram(
            "/bin/bash",
            List.of("sh", "-c", script, "zero", "", "a\nb", "\udcfe"),
            environment,
            there.toString());
    try (Launched launched = Launched.launcher(daemon, "x");
        Served call = daemon.accept()) {
      assertThat(call.session().run(program).status()).isZero();
      call.session().exit(0);

      byte[] output = launched.process().getInputStream().readAllBytes();
      assertThat(ExactText.decode(output))
          .startsWith("3||a\nb|\udcfe|\udcff\n |100000|")
          .endsWith("|" + there + "|");
    }
  }

  @Test
  void carriesAnEnvironmentLargerThanAFrame() throws Exception {
    Map<String, String> environment = new HashMap<>(PATH);
    for (int i = 0; i < 15; i++) {
      environment.put("BIG" + i, "b".repeat(100_000));
    }
    try (Launched launched = Launched.launcher(daemon, "x");
        Served call = daemon.accept()) {
      LauncherProgram program =
          new LauncherProgram(
              "/bin/bash", List.of("sh", "-c", "echo ${#BIG0} ${#BIG14}"), environment, "/");
      assertThat(call.session().run(program)).isEqualTo(new End(0, ""));
      call.session().exit(0);

      assertThat(launched.output()).isEqualTo("100000 100000\n");
    }
  }

  @Test
  void leavesTheRestOfTheInputToTheProgram() throws Exception {
    try (Launched launched = Launched.launcher(daemon, "x");
        Served call = daemon.accept();
        OutputStream input = launched.process().getOutputStream()) {
      input.write("head\nbody\n".getBytes(StandardCharsets.UTF_8));
      input.flush();
      assertThat(call.session().in().readNBytes(5))
          .asString(StandardCharsets.UTF_8)
          .isEqualTo("head\n");
      assertThat(call.session().run(shell("read -r line; echo \"<$line>\"")).status()).isZero();
      input.write("tail".getBytes(StandardCharsets.UTF_8));
      input.close();
      assertThat(call.session().in().readAllBytes())
          .asString(StandardCharsets.UTF_8)
          .isEqualTo("tail");
      call.session().exit(0);

      assertThat(launched.output()).isEqualTo("<body>\n");
    }
  }

  @Test
  void fallsBackToTheRootDirectoryWhenTheDirectoryIsGone() throws Exception {
    try (Launched launched = Launched.launcher(daemon, "x");
        Served call = daemon.accept()) {
      call.session()
          .run(
              new LauncherProgram(
                  "/bin/pwd", List.of("pwd"), PATH, folder.resolve("none").toString()));
      call.session().exit(0);

      assertThat(launched.output()).isEqualTo("/\n");
    }
  }

  @Test
  void saysWhyAProgramCannotBeExecuted() throws Exception {
    try (Launched launched = Launched.launcher(daemon, "x");
        Served call = daemon.accept()) {
      LauncherProgram none = new LauncherProgram("/none", List.of("none"), Map.of(), "/");
      LauncherProgram folderAsProgram = new LauncherProgram("/etc", List.of("etc"), Map.of(), "/");

      assertThat(call.session().run(none)).isEqualTo(new End(127, "No such file or directory"));
      assertThat(call.session().run(folderAsProgram)).isEqualTo(new End(127, "Permission denied"));
      call.session().exit(0);
      assertThat(launched.exitCode()).isZero();
    }
  }

  @Test
  void runsAScriptWithoutAnInterpreterLineByTheShell() throws Exception {
    Path script = Files.writeString(folder.resolve("script"), "echo from \"$1\"\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    try (Launched launched = Launched.launcher(daemon, "x");
        Served call = daemon.accept()) {
      call.session()
          .run(new LauncherProgram(script.toString(), List.of("script", "me"), PATH, "/"));
      call.session().exit(0);

      assertThat(launched.output()).isEqualTo("from me\n");
    }
  }

  @Test
  void reportsADeathBySignalAndGivesProgramsDefaultSignals() throws Exception {
    try (Launched launched = Launched.launcher(daemon, "x");
        Served call = daemon.accept()) {
      assertThat(call.session().run(shell("kill -PIPE $$"))).isEqualTo(new End(141, ""));
      assertThat(call.session().run(shell("kill -TERM $$"))).isEqualTo(new End(143, ""));
      assertThat(call.session().run(shell("grep Sig[BI] /proc/self/status")).status()).isZero();
      call.session().exit(0);

      // 32 and 33 belong to the C library and are inherited
      assertThat(launched.output())
          .matches("SigBlk:\t0000000000000000\nSigIgn:\t0000000[01][08]0000000\n");
    }
  }

  @Test
  void programsInheritNoDescriptorOfTheLauncher() throws Exception {
    try (Launched launched = Launched.launcher(daemon, "x");
        Served call = daemon.accept()) {
      call.session().run(shell("ls /proc/self/fd | wc -l")); // 0, 1, 2 and that of ls
      call.session().exit(0);

      assertThat(launched.output().strip()).isEqualTo("4");
    }
  }

  @Test
  void leavesAnInterruptToTheProgramAndPassesTermOn() throws Exception {
    String script = "trap 'echo term; exit 5' TERM; echo ready; while :; do sleep 0.05; done";
    try (Launched launched = Launched.launcher(daemon, "x");
        Served call = daemon.accept()) {
      CompletableFuture<End> end = CompletableFuture.supplyAsync(() -> run(call, shell(script)));
      readUntil(launched, "ready\n");
      launched.signal(2);
      launched.signal(2);
      launched.signal(15);

      assertThat(end.join()).isEqualTo(new End(5, ""));
      call.session().exit(0);
      assertThat(launched.exitCode()).isZero();
      assertThat(launched.output()).isEqualTo("term\n");
      assertThat(call.nextEvent()).isEqualTo("gone");
    }
  }

  @Test
  void aProgramEndsInPeaceWhenTheDaemonDies() throws Exception {
    try (Launched launched = Launched.launcher(daemon, "x");
        Served call = daemon.accept()) {
      String script = "echo ready; read -r line; echo \"$line\"";
      CompletableFuture<Void> failed =
          CompletableFuture.runAsync(
              () ->
                  assertThatThrownBy(() -> call.session().run(shell(script)))
                      .isInstanceOf(IOException.class));
      readUntil(launched, "ready\n");
      call.vanish();
      launched.process().getOutputStream().write("on\n".getBytes(StandardCharsets.UTF_8));
      launched.process().getOutputStream().close();

      assertThat(launched.exitCode()).isEqualTo(1);
      assertThat(launched.output()).isEqualTo("on\n");
      assertThat(launched.errors()).contains("went away");
      failed.join();
    }
  }

  @Test
  void refusesAMalformedOrder() throws Exception {
    byte[][] payloads = {
      {}, {0, 0, 0, 0}, {0, 0, 0, 1, 'a'}, {0, 0, 0, 9, 'a', 0, 0, 0, 0, 0}, {-1, -1, -1, -1, 0}
    };
    for (byte[] payload : payloads) {
      try (Launched launched = Launched.launcher(daemon, "x");
          Served call = daemon.accept()) {
        call.wire().write('x', payload);

        assertThat(launched.exitCode()).isEqualTo(1);
        assertThat(launched.errors()).contains("does not understand (frame 120)");
      }
    }
  }

  private static LauncherProgram shell(String script) {
    return new LauncherProgram("/bin/bash", List.of("bash", "-c", script), PATH, "/");
  }

  private static End run(Served call, LauncherProgram program) {
    try {
      return call.session().run(program);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static void readUntil(Launched launched, String text) throws IOException {
    byte[] read = launched.process().getInputStream().readNBytes(text.length());
    assertThat(read).asString(StandardCharsets.UTF_8).isEqualTo(text);
  }
}
