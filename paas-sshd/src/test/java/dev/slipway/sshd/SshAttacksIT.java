package dev.slipway.sshd;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.sshd.TestDoor.Outcome;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an attacker may try at the SSH door, numbered as in the list of attacks. */
@Timeout(120)
class SshAttacksIT {
  private static final int DENIED = 255;

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
  void a5OnlyHarmlessVariablesPass() throws IOException {
    List<String> options =
        List.of(
            "-o",
            "SetEnv=LD_PRELOAD=/x BASH_ENV=/x GIT_SSH_COMMAND=x PERL5OPT=-x DOKKU_ROOT=/x"
                + " SLIPWAY_CALL=x LANG=de_DE.UTF-8 LC_TIME=C GIT_PROTOCOL=version=2"
                + " LC_ALL=$(id)");
    String shown = door.ssh("admin", options, "env").text();
    assertThat(shown)
        .contains("LANG=de_DE.UTF-8\n", "LC_TIME=C\n", "GIT_PROTOCOL=version=2\n")
        .doesNotContain("LD_PRELOAD", "BASH_ENV", "GIT_SSH", "PERL5OPT", "DOKKU_ROOT", "$(id)")
        .doesNotContain("SLIPWAY_CALL=x\n");
  }

  @Test
  void a5ManyVariablesAreCutOff() throws IOException {
    StringBuilder many = new StringBuilder("SetEnv=");
    for (int i = 0; i < 500; i++) {
      many.append("LC_").append("A".repeat(1 + i / 26)).append((char) ('A' + i % 26)).append("=x ");
    }
    String shown = door.ssh("admin", List.of("-o", many.toString().strip()), "env").text();
    assertThat(shown.lines().filter(line -> line.startsWith("LC_"))).hasSizeLessThanOrEqualTo(20);
  }

  @Test
  void a7AnOfferedKeyThatIsNotProvenGivesNoIdentity() throws IOException {
    door.addKey("victim", TestDoor.OPTIONS);
    door.addKey("attacker", TestDoor.OPTIONS);
    // only the public half of the victim's key: it is offered first, and cannot be proven
    Path offered = root.resolve("offered");
    Files.writeString(offered, door.publicKey("victim") + "\n");
    Files.setPosixFilePermissions(offered, PosixFilePermissions.fromString("rw-------"));
    Files.writeString(root.resolve("offered.pub"), door.publicKey("victim") + "\n");
    List<String> command = new ArrayList<>(List.of("ssh", "-v", "-i", offered.toString()));
    List<String> ordinary = door.client("attacker", List.of(), "who");
    command.addAll(ordinary.subList(1, ordinary.size()));
    Outcome outcome = door.run(command, InputStream.nullInputStream());
    assertThat(outcome.err()).contains("Offering public key: " + offered);
    assertThat(outcome.text()).isEqualTo("attacker " + door.fingerprint("attacker") + "\n");
  }

  @Test
  void unknownKeysUsersAndOtherMethodsAreRefused() throws IOException {
    door.publicKey("stranger");
    assertThat(door.ssh("stranger", List.of(), "who").status()).isEqualTo(DENIED);
    assertThat(door.ssh("admin", List.of("-l", "nobody"), "who").status()).isEqualTo(DENIED);
    Outcome methods = door.ssh("admin", List.of("-v", "-o", "PubkeyAuthentication=no"), "who");
    assertThat(methods.status()).isEqualTo(DENIED);
    assertThat(methods.err()).contains("Authentications that can continue: publickey\r\n");
    assertThat(gate.called).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "from=\"198.51.100.1\"",
        "from=\"!127.0.0.1,*\"",
        "expiry-time=\"20200101\"",
        "environment=\"A=b\"",
        "cert-authority",
        "command=\"/bin/sh\""
      })
  void a8RestrictionsWrittenByHandBind(String option) throws IOException {
    door.addKey("limited", TestDoor.OPTIONS + "," + option);
    assertThat(door.ssh("limited", List.of(), "who").status()).isEqualTo(DENIED);
    assertThat(gate.called).isEmpty();
  }

  @Test
  void a8ALineWithoutForcedCommandGivesNoShell() throws IOException {
    door.appendLine(door.publicKey("bare"));
    assertThat(door.ssh("bare", List.of(), "who").status()).isEqualTo(DENIED);
  }

  @Test
  void a8NoPtyGivesNoTerminal() throws IOException {
    door.addKey("plain", TestDoor.OPTIONS + ",no-pty");
    Outcome outcome = door.ssh("plain", List.of("-tt"), "env");
    assertThat(outcome.err()).contains("PTY allocation request failed");
    assertThat(outcome.text()).doesNotContain("SSH_TTY");
  }

  @Test
  void aChangedKeysFileIsReadAtTheNextLogin() throws IOException {
    assertThat(door.ssh("exit 0").status()).isZero();
    String before = Files.readString(door.keysFile());
    Files.writeString(door.keysFile(), "");
    assertThat(door.ssh("exit 0").status()).isEqualTo(DENIED);
    Files.writeString(door.keysFile(), before);
    assertThat(door.ssh("exit 0").status()).isZero();
  }

  @Test
  void a9IdleConnectionsDoNotKeepOthersOut() throws Exception {
    List<Socket> idle = new ArrayList<>();
    try {
      for (int i = 0; i < 500; i++) {
        idle.add(new Socket(InetAddress.getLoopbackAddress(), door.door.port()));
      }
      long start = System.nanoTime();
      assertThat(door.ssh("exit 5").status()).isEqualTo(5);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    } finally {
      for (Socket each : idle) {
        each.close();
      }
    }
  }

  @Test
  void a10ASlowOrEndlessGreetingIsCutOff() throws Exception {
    try (Socket slow = new Socket(InetAddress.getLoopbackAddress(), door.door.port());
        Socket endless = new Socket(InetAddress.getLoopbackAddress(), door.door.port())) {
      slow.getOutputStream().write("SSH-2".getBytes(US_ASCII));
      slow.getOutputStream().flush();
      endless.setSoTimeout(20_000);
      assertThat(writesUntilCutOff(endless)).isLessThan(10_000_000);
      assertThat(door.ssh("exit 6").status()).isEqualTo(6);
    }
  }

  @Test
  void a10AHugePacketIsRefused() throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), door.door.port())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write("SSH-2.0-x\r\n".getBytes(US_ASCII));
      socket.getOutputStream().write(new byte[] {0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xff, 4});
      assertThat(writesUntilCutOff(socket)).isLessThan(10_000_000);
    }
  }

  @Test
  void a11ChannelsOfASessionAreLimited() throws Exception {
    String mux = root + "/mux";
    List<String> options =
        List.of("-o", "ControlMaster=auto", "-o", "ControlPersist=30", "-S", mux);
    assertThat(door.ssh("admin", options, "exit 0").status()).isZero();
    List<Process> clients = new ArrayList<>();
    try {
      for (int i = 0; i < 30; i++) {
        clients.add(
            new ProcessBuilder(
                    door.client(
                        "admin",
                        List.of("-o", "ControlMaster=no", "-o", "ProxyCommand=false", "-S", mux),
                        "sh echo up >> " + root + "/up; exec sleep 60"))
                .redirectErrorStream(true)
                .start());
      }
      List<Process> refused = new ArrayList<>();
      long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
      while (refused.size() < 20 && System.nanoTime() < end) {
        refused.clear();
        clients.stream().filter(client -> !client.isAlive()).forEach(refused::add);
        java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
      }
      assertThat(refused).hasSize(20);
    } finally {
      clients.forEach(Process::destroy);
      door.ssh("admin", List.of("-S", mux, "-O", "exit"));
    }
  }

  @Test
  void a12WeakAlgorithmsAreAbsentAndStrictKeyExchangeIsOn() throws IOException {
    Outcome verbose = door.ssh("admin", List.of("-vv"), "exit 0");
    String offer = verbose.err().substring(verbose.err().indexOf("peer server KEXINIT proposal"));
    assertThat(offer)
        .contains("kex-strict-s-v00@openssh.com", "mlkem768x25519-sha256", "curve25519-sha256")
        .doesNotContain(
            "diffie-hellman", "sha1", "-cbc", "arcfour", "3des", "md5", "umac", "ssh-dss")
        .doesNotContain("zlib");
    for (String weak :
        List.of(
            "Ciphers=aes128-cbc",
            "MACs=hmac-sha1",
            "KexAlgorithms=diffie-hellman-group14-sha256",
            "HostKeyAlgorithms=ssh-rsa",
            "PubkeyAcceptedAlgorithms=ssh-rsa")) {
      assertThat(
              door.ssh("admin", List.of("-o", weak, "-o", "Ciphers=aes128-ctr"), "exit 0").status())
          .as(weak)
          .isEqualTo(DENIED);
    }
  }

  @Test
  void a13NothingIsForwardedAndThereAreNoSubsystems() throws Exception {
    Outcome remote =
        door.ssh(
            "admin", List.of("-o", "ExitOnForwardFailure=yes", "-R", "0:127.0.0.1:1"), "exit 0");
    assertThat(remote.status()).isEqualTo(DENIED);
    Outcome streamLocal =
        door.ssh(
            "admin",
            List.of("-o", "ExitOnForwardFailure=yes", "-R", root + "/s:127.0.0.1:1"),
            "exit 0");
    assertThat(streamLocal.status()).isEqualTo(DENIED);
    Outcome direct = door.ssh("admin", List.of("-W", "127.0.0.1:" + door.door.port()));
    assertThat(direct.status()).isEqualTo(DENIED);
    assertThat(door.ssh("admin", List.of("-s"), "sftp").status()).isNotZero();
    Path file = Files.writeString(root.resolve("file"), "x");
    List<String> scp = new ArrayList<>(List.of("scp", "-O"));
    scp.addAll(door.commonOptions("admin"));
    scp.addAll(
        List.of(
            "-P",
            String.valueOf(door.door.port()),
            file.toString(),
            "dokku@127.0.0.1:" + root.resolve("copied")));
    assertThat(door.run(scp, InputStream.nullInputStream()).status()).isNotZero();
    assertThat(root.resolve("copied")).doesNotExist();
  }

  @Test
  void a13AgentsAndDisplaysAreNotForwarded() throws Exception {
    Path socket = root.resolve("agent");
    Process agent = new ProcessBuilder("ssh-agent", "-D", "-a", socket.toString()).start();
    try {
      while (!Files.exists(socket)) {
        Thread.onSpinWait();
      }
      List<String> command = door.client("admin", List.of("-A", "-X", "-v"), "env");
      Outcome outcome =
          TestDoor.run(
              withAgent(command, socket),
              new ByteArrayInputStream(new byte[0]),
              Map.of("SSH_AUTH_SOCK", socket.toString(), "DISPLAY", ":99"));
      assertThat(outcome.text()).contains("USER=").doesNotContain("SSH_AUTH_SOCK", "DISPLAY");
    } finally {
      agent.destroy();
    }
  }

  private static List<String> withAgent(List<String> command, Path socket) {
    return command.stream()
        .map(word -> word.equals("IdentityAgent=none") ? "IdentityAgent=" + socket : word)
        .toList();
  }

  @Test
  void thePortSaysNothingOfVersions() throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), door.door.port())) {
      byte[] greeting = socket.getInputStream().readNBytes(15);
      assertThat(new String(greeting, UTF_8)).isEqualTo("SSH-2.0-Slipway");
    }
  }

  /** Counts what the other side takes before it closes. */
  private static long writesUntilCutOff(Socket socket) {
    byte[] block = "x".repeat(1024).getBytes(US_ASCII);
    long written = 0;
    try {
      while (written < 20_000_000) {
        socket.getOutputStream().write(block);
        written += block.length;
        if (written > 512 * 1024 && socket.getInputStream().read(new byte[8192]) < 0) {
          return written;
        }
      }
    } catch (IOException cutOff) {
      return written;
    }
    return written;
  }
}
