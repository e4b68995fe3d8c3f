package dev.slipway.sshd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Sessions with a terminal, over the real OpenSSH client in a real pseudo terminal. */
@Timeout(120)
class TerminalIT {
  @TempDir private static Path built;
  @TempDir private Path root;
  private TestDoor door;

  private static Path launcher() {
    return built.resolve("dokku");
  }

  @BeforeAll
  static void buildTheLauncher() throws IOException {
    Path sources = Path.of("..", "paas-cli", "src", "main", "c").toAbsolutePath().normalize();
    TestDoor.Outcome made =
        TestDoor.run(
            List.of("make", "-s", "-C", sources.toString(), "OUT=" + built),
            InputStream.nullInputStream(),
            java.util.Map.of());
    assertThat(made.status()).as(made.err()).isZero();
  }

  @BeforeEach
  void open() throws IOException {
    door = new TestDoor(root, new StubGate(), Optional.of(launcher()));
  }

  @AfterEach
  void close() {
    door.close();
  }

  private LocalTerminal ssh(String... words) throws IOException {
    return new LocalTerminal(launcher(), 24, 80, door.client("admin", List.of("-t"), words));
  }

  @Test
  void aProgramGetsATerminalOfTheRightSizeAndFollowsIt() throws Exception {
    try (LocalTerminal terminal =
        ssh(
            "sh trap 'stty size' WINCH; tty; stty size; echo $TERM; i=0;"
                + " while [ ! -e "
                + root
                + "/done ]; do sleep 0.05; done; exit 9")) {
      terminal.await("/dev/pts/");
      terminal.await("24 80");
      terminal.await("xterm");
      terminal.resize(40, 100);
      terminal.await("40 100");
      Files.createFile(root.resolve("done"));
      assertThat(terminal.status()).isEqualTo(9);
    }
  }

  @Test
  void controlCInterruptsAProgram() throws Exception {
    try (LocalTerminal terminal = ssh("sh echo up; exec sleep 100")) {
      terminal.await("up");
      terminal.type("\u0003");
      assertThat(terminal.status()).isEqualTo(130);
    }
  }

  @Test
  void aProgramReadsWhatIsTypedUntilEndOfInput() throws Exception {
    try (LocalTerminal terminal = ssh("sh echo up; cat; echo end")) {
      terminal.await("up");
      terminal.type("hello\r");
      terminal.await("hello\r\nhello\r\n");
      terminal.type("\u0004");
      terminal.await("end");
      assertThat(terminal.status()).isZero();
    }
  }

  @Test
  void theDaemonEditsLinesItself() throws Exception {
    try (LocalTerminal terminal = ssh("ask")) {
      terminal.await("> ");
      terminal.type("yxs\u007f\u007fes\r");
      terminal.await("got yes\r\n");
      assertThat(terminal.screen()).contains("> yxs\b \b\b \bes\r\ngot yes\r\n");
      assertThat(terminal.status()).isZero();
    }
  }

  @Test
  void controlCInterruptsACommandOfTheDaemon() throws Exception {
    try (LocalTerminal terminal = ssh("wait")) {
      terminal.await("waiting");
      terminal.type("\u0003");
      assertThat(terminal.status()).isEqualTo(130);
    }
  }

  @Test
  void rawKeysArePassedOnWithoutEcho() throws Exception {
    try (LocalTerminal terminal = ssh("raw")) {
      terminal.await("ready\n");
      terminal.type("\u0003\u007fx");
      assertThat(terminal.status()).isZero();
      assertThat(terminal.screen()).contains("ready\n\u0003\u007fx").doesNotContain("ready\r\n");
    }
  }

  @Test
  void aResizeReachesACommandOfTheDaemon() throws Exception {
    try (LocalTerminal terminal = ssh("size")) {
      terminal.await("now Size[rows=24, columns=80]");
      terminal.resize(30, 90);
      terminal.await("then Size[rows=30, columns=90]");
      assertThat(terminal.status()).isZero();
    }
  }

  @Test
  void aLoginSaysWhoseKeyItIsAndHelps() throws Exception {
    try (LocalTerminal terminal = ssh()) {
      assertThat(terminal.status()).isZero();
      assertThat(terminal.screen())
          .contains("You are logged in with the key admin.\r\n", "help\r\n");
    }
  }

  @Test
  void aClientThatHangsUpEndsTheProgramOnItsTerminal() throws Exception {
    Path pid = root.resolve("pid");
    ProcessHandle program;
    try (LocalTerminal terminal = ssh("sh echo $$ > " + pid + "; echo up; exec sleep 300")) {
      terminal.await("up");
      program = ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).orElseThrow();
    }
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (program.isAlive()) {
      assertThat(System.nanoTime()).isLessThan(end);
      LockSupport.parkNanos(10_000_000);
    }
  }
}
