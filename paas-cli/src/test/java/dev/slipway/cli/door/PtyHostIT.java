package dev.slipway.cli.door;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cli.door.FakeDaemon.Served;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The pty host, and through it the launcher at a terminal. */
@Timeout(120)
class PtyHostIT {
  @TempDir Path folder;

  @Test
  void theProgramHasAControllingTerminalOfTheGivenSize() throws Exception {
    try (Launched host = host("tty >/dev/tty; stty size; tty -s <&1 <&2; exit 3")) {
      String screen = new Screen(host.process().getInputStream()).all();

      assertThat(screen).startsWith("/dev/pts/").endsWith("24 80\r\n");
      assertThat(host.exitCode()).isEqualTo(3);
      assertThat(host.errors()).isEmpty();
    }
  }

  @Test
  void keysResizeAndEndOfInputReachTheProgram() throws Exception {
    try (Launched host =
        host(
            "stty -echo; trap 'stty size' WINCH; echo ready; while read -r a; do echo \"<$a>\"; done; echo over")) {
      Screen screen = new Screen(host.process().getInputStream());
      screen.await("ready");
      host.frames().write('w', new byte[] {0, 50, 1, 4});
      host.frames().write('i', "hello\n".getBytes(StandardCharsets.UTF_8));
      screen.await("50 260");
      screen.await("<hello>");
      host.frames().write('I');

      assertThat(screen.all()).endsWith("over\r\n");
      assertThat(host.exitCode()).isZero();
    }
  }

  @Test
  void endOfInputWithinALineEndsTheLineToo() throws Exception {
    try (Launched host = host("stty -echo; echo ready; cat; echo over")) {
      Screen screen = new Screen(host.process().getInputStream());
      screen.await("ready");
      host.frames().write('i', "part".getBytes(StandardCharsets.UTF_8));
      host.frames().write('I');

      assertThat(screen.all()).isEqualTo("ready\r\npartover\r\n");
    }
  }

  @Test
  void signalsReachTheProgramInFront() throws Exception {
    try (Launched host =
        host("trap 'echo got; exit 6' INT; echo ready; while :; do sleep 0.05; done")) {
      Screen screen = new Screen(host.process().getInputStream());
      screen.await("ready");
      host.frames().write('s', (byte) 2);

      assertThat(screen.all()).contains("got");
      assertThat(host.exitCode()).isEqualTo(6);
    }
  }

  @Test
  void aDeathBySignalIs128AndItsNumber() throws Exception {
    try (Launched host = host("kill -9 $$")) {
      assertThat(host.exitCode()).isEqualTo(137);
    }
  }

  @Test
  void hangsUpWhenTheDaemonLeaves() throws Exception {
    try (Launched host = host("trap 'exit 8' HUP; echo ready; while :; do sleep 0.05; done")) {
      new Screen(host.process().getInputStream()).await("ready");
      host.process().getOutputStream().close();

      assertThat(host.exitCode()).isEqualTo(8);
    }
  }

  @Test
  void killsAProgramThatDoesNotHearTheHangUp() throws Exception {
    try (Launched host = host("trap '' HUP; echo pid $$ ready; while :; do sleep 0.05; done")) {
      String screen = new Screen(host.process().getInputStream()).await("ready");
      long pid = Long.parseLong(screen.split(" ")[1]);
      host.process().getOutputStream().close();

      assertThat(host.exitCode()).isEqualTo(137);
      awaitEnd(pid);
    }
  }

  @Test
  void waitsForNothingOfTheSessionOnceTheProgramHasEnded() throws Exception {
    try (Launched host = host("(trap '' HUP; yes) & sleep 0.2; exit 4")) {
      new Screen(host.process().getInputStream()).all();

      assertThat(host.exitCode()).isEqualTo(4);
    }
  }

  @Test
  void losesNothingOfALargeOutput() throws Exception {
    try (Launched host = host("stty raw; head -c 20000000 /dev/zero | tr '\\0' x")) {
      assertThat(new Screen(host.process().getInputStream()).all()).hasSize(20_000_000);
      assertThat(host.exitCode()).isZero();
    }
  }

  @Test
  void saysWhenTheProgramIsNotThere() throws Exception {
    try (Launched host = hosted(List.of("/none"))) {
      assertThat(host.exitCode()).isEqualTo(127);
      assertThat(host.errors()).isEqualTo(" !     Cannot run /none: No such file or directory\n");
    }
  }

  @Test
  void isNotThereForTheWordsOfAForcedCommand() throws Exception {
    try (FakeDaemon daemon = new FakeDaemon(folder.resolve("s"))) {
      for (String mode : List.of("--slipway-pty", "--slipway-supervise", "daemon")) {
        ProcessBuilder builder =
            Launched.builder(daemon, List.of(Launched.PROGRAM, mode, "--", "/bin/false"));
        builder.environment().put("SSH_ORIGINAL_COMMAND", mode + " -- /bin/false");
        try (Launched launched = Launched.start(builder);
            Served call = daemon.accept()) {
          call.session().exit(12);

          assertThat(call.request().arguments()).containsExactly(mode, "--", "/bin/false");
          assertThat(launched.exitCode()).isEqualTo(12);
        }
      }
    }
  }

  @Test
  void theLauncherTellsItsTerminalAndItsResizing() throws Exception {
    try (FakeDaemon daemon = new FakeDaemon(folder.resolve("s"));
        Launched host = hostedLauncher(daemon);
        Served call = daemon.accept()) {
      assertThat(call.request().terminal())
          .isEqualTo(new LauncherRequest.Terminal(true, true, true, 24, 80));
      awaitServing(call, host);
      host.frames().write('w', new byte[] {0, 30, 0, 100});

      assertThat(call.nextEvent()).isEqualTo("resize 30 100");
      call.session().exit(0);
      assertThat(host.exitCode()).isZero();
    }
  }

  @Test
  void anInterruptKeyBecomesASignalOrInRawModeAByte() throws Exception {
    try (FakeDaemon daemon = new FakeDaemon(folder.resolve("s"));
        Launched host = hostedLauncher(daemon);
        Served call = daemon.accept()) {
      awaitServing(call, host);
      host.frames().write('i', (byte) 3);
      assertThat(call.nextEvent()).isEqualTo("signal 2");
      call.session().raw(true);
      call.session().out().write("raw now".getBytes(StandardCharsets.UTF_8));
      new Screen(host.process().getInputStream()).await("raw now");
      host.frames().write('i', (byte) 3);

      assertThat(call.session().in().read()).isEqualTo(3);
      call.session().exit(0);
      assertThat(host.exitCode()).isZero();
    }
  }

  @Test
  void theTerminalIsPutBackAtEveryEnd() throws Exception {
    for (String end : List.of("exit", "daemon", "frame", "TERM", "USR1")) {
      try (FakeDaemon daemon = new FakeDaemon(folder.resolve("s" + end));
          Launched host = hostedLauncher(daemon, "; echo \"=$?\"; stty -a");
          Served call = daemon.accept()) {
        Screen screen = new Screen(host.process().getInputStream());
        call.session().raw(true);
        call.session().out().write("raw now".getBytes(StandardCharsets.UTF_8));
        screen.await("raw now");
        switch (end) {
          case "exit" -> call.session().exit(0);
          case "daemon" -> call.vanish();
          case "frame" -> call.wire().write('?');
          case "TERM" -> {
            Launched.signal(call.request().pid(), 15);
            assertThat(call.nextEvent()).isEqualTo("signal 15");
            Launched.signal(call.request().pid(), 15);
          }
          default -> Launched.signal(call.request().pid(), 10);
        }

        assertThat(screen.all())
            .as(end)
            .containsPattern("=[0-9]+\\s")
            .contains("isig icanon", "opost")
            .doesNotContain("-icanon", "-opost");
      }
    }
  }

  @Test
  void aProgramOfTheCallHasTheTerminalToItself() throws Exception {
    LauncherProgram program =
        new LauncherProgram(
            "/bin/bash",
            List.of(
                "bash",
                "-c",
                "trap 'echo interrupted' INT; stty -echo size; echo ready; read -r a; echo \"<$a>\"; exit 5"),
            System.getenv(),
            "/");
    try (FakeDaemon daemon = new FakeDaemon(folder.resolve("s"));
        Launched host = hostedLauncher(daemon);
        Served call = daemon.accept()) {
      Screen screen = new Screen(host.process().getInputStream());
      Thread running =
          Thread.startVirtualThread(
              () -> {
                try {
                  call.session().exit(call.session().run(program).status());
                } catch (IOException e) {
                  call.gone();
                }
              });
      screen.await("ready");
      host.frames().write('i', (byte) 3);
      screen.await("interrupted");
      host.frames().write('i', "keys\n".getBytes(StandardCharsets.UTF_8));
      running.join();

      assertThat(screen.all()).contains("24 80", "<keys>");
      assertThat(host.exitCode()).isEqualTo(5);
    }
  }

  private static Launched host(String script) throws IOException {
    return hosted(List.of("/bin/bash", "-c", script));
  }

  private static Launched hosted(List<String> command) throws IOException {
    return Launched.start(Launched.builder(ptyCommand(command)));
  }

  private static Launched hostedLauncher(FakeDaemon daemon) throws IOException {
    return Launched.start(Launched.builder(daemon, ptyCommand(List.of(Launched.PROGRAM, "words"))));
  }

  private static Launched hostedLauncher(FakeDaemon daemon, String then) throws IOException {
    List<String> shell = List.of("/bin/bash", "-c", "\"$0\" words" + then, Launched.PROGRAM);
    return Launched.start(Launched.builder(daemon, ptyCommand(shell)));
  }

  private static List<String> ptyCommand(List<String> command) {
    List<String> all =
        new ArrayList<>(List.of(Launched.PROGRAM, "--slipway-pty", "24", "80", "--"));
    all.addAll(command);
    return all;
  }

  private static void awaitServing(Served call, Launched host) throws IOException {
    host.frames().write('i', "!\n".getBytes(StandardCharsets.UTF_8));
    assertThat(call.session().in().readNBytes(2)).asString(StandardCharsets.UTF_8).isEqualTo("!\n");
  }

  static void awaitEnd(long pid) throws Exception {
    var handle = ProcessHandle.of(pid);
    if (handle.isPresent()) {
      handle.get().onExit().get(20, TimeUnit.SECONDS);
    }
  }
}
