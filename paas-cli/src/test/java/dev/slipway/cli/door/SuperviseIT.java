package dev.slipway.cli.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The supervisor: what the daemon starts must not outlive it. */
@Timeout(120)
class SuperviseIT {

  @Test
  void passesStreamsAndStatusOn() throws Exception {
    try (Launched supervisor = supervised("cat; echo err >&2; exit 7")) {
      supervisor.process().getOutputStream().write("in".getBytes(StandardCharsets.UTF_8));
      supervisor.process().getOutputStream().close();

      assertThat(supervisor.output()).isEqualTo("in");
      assertThat(supervisor.errors()).isEqualTo("err\n");
      assertThat(supervisor.exitCode()).isEqualTo(7);
    }
  }

  @Test
  void forwardsSignalsToTheWholeGroup() throws Exception {
    String script =
        "bash -c 'trap \"echo inner; exit\" TERM; echo ready; while :; do sleep 0.05; done' & "
            + "trap 'wait; echo outer; exit 4' TERM; wait";
    try (Launched supervisor = supervised(script)) {
      Screen screen = new Screen(supervisor.process().getInputStream());
      screen.await("ready");
      supervisor.signal(15);

      assertThat(screen.all()).contains("inner").endsWith("outer\n");
      assertThat(supervisor.exitCode()).isEqualTo(4);
    }
  }

  @Test
  void endsWithTheProgramAlthoughItsChildrenHoldTheStreams() throws Exception {
    try (Launched supervisor = supervised("sleep 1000 & echo $!; exit 3")) {
      long left = Long.parseLong(line(supervisor));

      assertThat(supervisor.exitCode()).isEqualTo(3);
      assertThat(ProcessHandle.of(left)).isPresent();
      Launched.signal(left, 9);
    }
  }

  @Test
  void endsTheGroupWhenTheReaderIsKilled() throws Exception {
    // A stand-in for the daemon: starts the supervisor with pipes, tells pids, then waits.
    String daemon =
        "coproc \"$0\" --slipway-supervise -- /bin/bash -c 'sleep 1000 & echo $! $$; wait'; "
            + "read -r inner outer <&${COPROC[0]}; echo $inner $outer $COPROC_PID; read -r never";
    try (Launched reader =
        Launched.start(Launched.builder(List.of("bash", "-c", daemon, Launched.PROGRAM)))) {
      String[] pids = line(reader).split(" ");
      reader.process().destroyForcibly();

      for (String pid : pids) {
        PtyHostIT.awaitEnd(Long.parseLong(pid));
      }
    }
  }

  @Test
  void killsAGroupThatDoesNotHearTermWhenTheReaderIsGone() throws Exception {
    String script =
        "trap '' TERM; bash -c 'echo $$; while :; do sleep 0.1; done' & wait; while :; do sleep 0.1; done";
    try (Launched supervisor = supervised(script)) {
      long inner = Long.parseLong(line(supervisor));
      supervisor.process().getInputStream().close();

      PtyHostIT.awaitEnd(inner);
      assertThat(supervisor.exitCode()).isEqualTo(137);
    }
  }

  @Test
  void theProgramEndsWhenTheSupervisorIsKilled() throws Exception {
    try (Launched supervisor = supervised("trap '' TERM; echo $$; exec sleep 1000")) {
      long program = Long.parseLong(line(supervisor));
      supervisor.process().destroyForcibly();

      PtyHostIT.awaitEnd(program);
    }
  }

  @Test
  void saysWhenTheProgramIsNotThere() throws Exception {
    try (Launched supervisor =
        Launched.start(
            Launched.builder(List.of(Launched.PROGRAM, "--slipway-supervise", "--", "/none")))) {
      assertThat(supervisor.exitCode()).isEqualTo(127);
      assertThat(supervisor.errors())
          .isEqualTo(" !     Cannot run /none: No such file or directory\n");
    }
  }

  private static Launched supervised(String script) throws IOException {
    List<String> command = new ArrayList<>(List.of(Launched.PROGRAM, "--slipway-supervise", "--"));
    command.addAll(List.of("/bin/bash", "-c", script));
    return Launched.start(Launched.builder(command));
  }

  private static String line(Launched launched) throws IOException {
    BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(launched.process().getInputStream(), StandardCharsets.UTF_8));
    String line = reader.readLine();
    assertThat(line).isNotNull();
    return String.valueOf(line);
  }
}
