package dev.slipway.sshd;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.sshd.TestDoor.Outcome;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Commands over the real OpenSSH client. */
@Timeout(120)
class SshDoorIT {
  @TempDir private Path root;
  private final StubGate gate = new StubGate();
  private TestDoor door;

  @BeforeEach
  void open() throws IOException {
    door = new TestDoor(root, gate);
  }

  @AfterEach
  void close() {
    door.close();
  }

  @Test
  void runsTheCommandExactlyAsItWasTyped() throws IOException {
    assertThat(door.ssh("say 'a  b' \"c\" \\d $HOME\n*").text())
        .isEqualTo("'a  b' \"c\" \\d $HOME\n*\n");
  }

  @Test
  void passesOnExitCodesAndBothOutputs() throws IOException {
    assertThat(door.ssh("exit 0").status()).isZero();
    assertThat(door.ssh("exit 20").status()).isEqualTo(20);
    assertThat(door.ssh("exit 254").status()).isEqualTo(254);
    Outcome warned = door.ssh("warn careful");
    assertThat(warned.status()).isEqualTo(3);
    assertThat(warned.text()).isEmpty();
    assertThat(warned.err()).isEqualTo(" !     careful\n");
    assertThat(door.ssh("sh exit 7").status()).isEqualTo(7);
    assertThat(door.ssh("sh kill -KILL $$").status()).isEqualTo(137);
  }

  @Test
  void answersALoginWithoutCommandLikeTheEmptyCommand() throws IOException {
    Outcome outcome = door.ssh("admin", List.of("-T"));
    assertThat(outcome.text()).isEqualTo("help\n");
    assertThat(outcome.err()).isEmpty();
  }

  @Test
  void carriesAHundredMegabytesThroughAProgramUnchanged() throws IOException {
    byte[] bytes = random(100 * 1024 * 1024);
    Outcome outcome = door.sshWithInput(new ByteArrayInputStream(bytes), "sh cat");
    assertThat(outcome.out()).isEqualTo(bytes);
  }

  @Test
  void carriesAHundredMegabytesThroughTheDaemonUnchanged() throws IOException {
    byte[] bytes = random(100 * 1024 * 1024);
    Outcome outcome = door.sshWithInput(new ByteArrayInputStream(bytes), "copy");
    assertThat(outcome.out()).isEqualTo(bytes);
  }

  @Test
  void endOfInputReachesAProgramThatStillWrites() throws IOException {
    Outcome outcome =
        door.sshWithInput(
            new ByteArrayInputStream("a\nb\n".getBytes(UTF_8)), "sh wc -l; echo after");
    assertThat(outcome.text()).isEqualTo("2\nafter\n");
  }

  @Test
  void leavesInputThatOneProgramDoesNotReadToTheNext() throws IOException {
    Outcome outcome =
        door.sshWithInput(new ByteArrayInputStream("a\nb\nc\n".getBytes(UTF_8)), "twice");
    assertThat(outcome.text()).isEqualTo("first a\nsecond b\nthird c\n");
  }

  @Test
  void deliversAllOutputBeforeItCloses() throws IOException {
    for (int i = 0; i < 20; i++) {
      Outcome outcome = door.ssh("sh head -c 300000 /dev/zero; head -c 1000 /dev/zero >&2");
      assertThat(outcome.out()).hasSize(300000);
      assertThat(outcome.err()).hasSize(1000);
    }
  }

  @Test
  void waitsForAClientThatReadsSlowly() throws Exception {
    Process client =
        new ProcessBuilder(door.client("admin", List.of(), "sh head -c 20000000 /dev/zero"))
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .start();
    InputStream out = client.getInputStream();
    assertThat(out.readNBytes(1)).hasSize(1);
    assertThat(client.waitFor(1, java.util.concurrent.TimeUnit.SECONDS)).isFalse();
    assertThat(out.readAllBytes()).hasSize(20000000 - 1);
    assertThat(client.waitFor()).isZero();
  }

  @Test
  void aClientThatHangsUpEndsItsProgram() throws Exception {
    Path pid = root.resolve("pid");
    Process client =
        new ProcessBuilder(
                door.client("admin", List.of(), "sh echo $$ > " + pid + "; exec sleep 300"))
            .start();
    ProcessHandle program = awaitProgram(pid);
    client.destroyForcibly();
    await(() -> !program.isAlive());
  }

  @Test
  void aProgramThatSurvivesHangupRunsToItsEnd() throws Exception {
    Path pid = root.resolve("pid");
    Path done = root.resolve("done");
    String script =
        "survive echo $$ > "
            + pid
            + "; cat > /dev/null; head -c 5000000 /dev/zero; echo yes > "
            + done;
    Process client = new ProcessBuilder(door.client("admin", List.of(), script)).start();
    ProcessHandle program = awaitProgram(pid);
    client.destroyForcibly();
    await(() -> !program.isAlive());
    assertThat(Files.readString(done)).isEqualTo("yes\n");
  }

  @Test
  void severalCommandsShareAConnection() throws IOException {
    List<String> options =
        List.of("-o", "ControlMaster=auto", "-o", "ControlPersist=20", "-S", root + "/mux");
    for (int i = 0; i < 80; i++) {
      assertThat(door.ssh("admin", options, "exit " + i).status()).isEqualTo(i);
    }
    door.ssh("admin", List.of("-S", root + "/mux", "-O", "exit"));
  }

  @Test
  void gitPushesAndClones() throws IOException {
    Path bare = root.resolve("app.git");
    Path work = root.resolve("work");
    git("init", "-q", "--bare", bare.toString());
    git("init", "-q", work.toString());
    Files.write(work.resolve("blob"), random(40 * 1024 * 1024));
    git("-C", work.toString(), "add", ".");
    git("-C", work.toString(), "commit", "-qm", "First");
    String url = "ssh://dokku@127.0.0.1:" + door.door.port() + bare;
    assertThat(git("-C", work.toString(), "push", "-q", url, "HEAD:refs/heads/main").err())
        .isEmpty();
    git("clone", "-q", "-b", "main", url, root.resolve("clone").toString());
    assertThat(root.resolve("clone/blob")).hasSameBinaryContentAs(work.resolve("blob"));
  }

  @Test
  void keepsItsHostKeysInOpenSshFormat() throws IOException {
    for (String name : List.of("ssh_host_ed25519_key", "ssh_host_rsa_key")) {
      Path key = root.resolve("hostkeys").resolve(name);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
          .isEqualTo("rw-------");
      Outcome read =
          door.run(
              List.of("ssh-keygen", "-y", "-P", "", "-f", key.toString()),
              InputStream.nullInputStream());
      String[] open = Files.readString(key.resolveSibling(name + ".pub"), UTF_8).split(" ");
      assertThat(read.text().strip()).startsWith(open[0] + " " + open[1]);
    }
  }

  @Test
  void theEnvironmentIsThatOfTheAccount() throws IOException {
    String shown = door.ssh("env").text();
    assertThat(shown)
        .contains("HOME=" + root.resolve("home") + "\n")
        .contains("NAME=admin\n")
        .contains("FINGERPRINT=" + door.fingerprint("admin") + "\n")
        .contains("USER=" + System.getProperty("user.name") + "\n")
        .containsPattern("SSH_CLIENT=127\\.0\\.0\\.1 [0-9]+ " + door.door.port() + "\n")
        .doesNotContain("SSH_TTY", "SSH_ORIGINAL_COMMAND");
  }

  private Outcome git(String... words) throws IOException {
    List<String> command = new java.util.ArrayList<>(List.of("git"));
    command.addAll(List.of("-c", "user.name=Test", "-c", "user.email=test@example.com"));
    command.addAll(List.of(words));
    String ssh = "ssh " + String.join(" ", door.commonOptions("admin"));
    Outcome outcome =
        TestDoor.run(
            command,
            InputStream.nullInputStream(),
            Map.of("GIT_SSH_COMMAND", ssh, "GIT_CONFIG_NOSYSTEM", "1", "HOME", root.toString()));
    assertThat(outcome.status()).as(outcome.err()).isZero();
    return outcome;
  }

  private static ProcessHandle awaitProgram(Path pid) throws Exception {
    await(() -> Files.exists(pid) && Files.size(pid) > 1);
    return ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).orElseThrow();
  }

  private static void await(java.util.concurrent.Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!condition.call()) {
      assertThat(System.nanoTime()).as("still waiting").isLessThan(end);
      java.util.concurrent.locks.LockSupport.parkNanos(10_000_000);
    }
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(7).nextBytes(bytes);
    return bytes;
  }
}
