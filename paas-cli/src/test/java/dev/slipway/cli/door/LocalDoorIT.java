package dev.slipway.cli.door;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.core.call.Call;
import dev.slipway.core.call.CommandLine;
import dev.slipway.core.call.Program;
import dev.slipway.core.locks.InvocationTrees;
import dev.slipway.core.store.DurableFiles;
import dev.slipway.core.store.Roots;
import dev.slipway.core.store.TestRoots;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntBiFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The door with the real launcher in front and a gate of the test's own behind it. */
@Timeout(60)
class LocalDoorIT {
  @TempDir private Path folder;
  private Roots roots;
  private LocalDoor door;
  private ToIntBiFunction<Call, CommandLine> gate = (call, line) -> 0;

  @BeforeEach
  void open() {
    roots = TestRoots.below(folder);
    new DurableFiles(roots).createDirectories(roots.run());
    door = new LocalDoor(roots, (call, line) -> gate.applyAsInt(call, line), new InvocationTrees());
    door.start();
  }

  @AfterEach
  void close() {
    door.close();
  }

  private Launched dokku(Map<String, String> environment, String... words) throws IOException {
    List<String> command = new java.util.ArrayList<>(List.of(Launched.PROGRAM));
    command.addAll(List.of(words));
    ProcessBuilder builder = Launched.builder(command);
    builder.environment().put("SLIPWAY_SOCKET", roots.socket().toString());
    builder.environment().put("DOKKU_SYSTEM_USER", roots.systemUser());
    builder.environment().putAll(environment);
    return Launched.start(builder);
  }

  @Test
  void handsOverExactWordsAndTheExitCode() throws Exception {
    gate =
        (call, line) -> {
          call.out().line(line.toString());
          call.out().errorLine("trouble");
          return 42;
        };
    try (Launched dokku = dokku(Map.of(), "config:set", "a b", "", "x\ny", "é")) {
      dokku.process().getOutputStream().close();
      assertThat(dokku.output()).isEqualTo("Words[words=[config:set, a b, , x\ny, é]]\n");
      assertThat(dokku.errors()).isEqualTo("trouble\n");
      assertThat(dokku.exitCode()).isEqualTo(42);
    }
  }

  @Test
  void passesInputEnvironmentAndDirectoryOn() throws Exception {
    gate =
        (call, line) -> {
          call.out().line(call.variable("FRUIT").orElse("none") + " " + call.directory());
          call.out().text(all(call));
          return 0;
        };
    try (Launched dokku = dokku(Map.of("FRUIT", "two\nlines"), "x")) {
      dokku.process().getOutputStream().write("typed".getBytes(UTF_8));
      dokku.process().getOutputStream().close();
      assertThat(dokku.output())
          .isEqualTo("two\nlines " + Path.of("").toAbsolutePath() + "\ntyped");
      assertThat(dokku.exitCode()).isZero();
    }
  }

  @Test
  void endsACallWhoseGateBreaks() throws Exception {
    gate =
        (call, line) -> {
          throw new IllegalStateException("broken");
        };
    try (Launched dokku = dokku(Map.of(), "x")) {
      assertThat(dokku.exitCode()).isEqualTo(1);
    }
  }

  @Test
  void takesTheRootForADirectoryThatIsNotUtf8() throws Exception {
    gate =
        (call, line) -> {
          call.out().line(call.directory().toString());
          return 0;
        };
    String script = "d=$(printf 'x\\377'); mkdir \"$d\" && cd \"$d\" && exec \"$0\" x";
    ProcessBuilder builder =
        Launched.builder(List.of("/bin/sh", "-c", script, Path.of(Launched.PROGRAM).toString()));
    builder.directory(folder.toFile());
    builder.environment().put("SLIPWAY_SOCKET", roots.socket().toString());
    builder.environment().put("DOKKU_SYSTEM_USER", roots.systemUser());
    try (Launched dokku = Launched.start(builder)) {
      assertThat(dokku.output()).isEqualTo("/\n");
      assertThat(dokku.exitCode()).isZero();
    }
  }

  private static String all(Call call) {
    try {
      return new String(call.streams().in().readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void runsProgramsWithTheDescriptorsOfTheCaller() throws Exception {
    gate =
        (call, line) -> {
          call.out().line("before");
          int status =
              call.foreground()
                  .run(
                      Program.of(
                          Path.of("/bin/sh"),
                          List.of("-c", "cat; exit 7"),
                          Map.of("PATH", "/usr/bin:/bin"),
                          folder));
          call.out().line("after");
          return status;
        };
    try (Launched dokku = dokku(Map.of(), "x")) {
      dokku.process().getOutputStream().write("through\n".getBytes(UTF_8));
      dokku.process().getOutputStream().close();
      assertThat(dokku.output()).isEqualTo("before\nthrough\nafter\n");
      assertThat(dokku.exitCode()).isEqualTo(7);
    }
  }

  @Test
  void takesTheCommandOfASystemSshdFromItsVariable() throws Exception {
    gate =
        (call, line) -> {
          call.out().line(line + " " + call.identity().name());
          return 0;
        };
    Map<String, String> forced =
        Map.of("NAME", "ann", "FINGERPRINT", "SHA256:x", "SSH_ORIGINAL_COMMAND", "apps:list 'a b'");
    try (Launched dokku = dokku(forced)) {
      assertThat(dokku.output()).isEqualTo("Typed[text=apps:list 'a b'] ann\n");
    }
  }

  @Test
  void believesNoKeyOfSomebodyWhoCameThroughSudo() throws Exception {
    gate =
        (call, line) -> {
          call.out().line(call.identity().name() + " " + call.variable("NAME") + " " + call.tree());
          return 0;
        };
    Map<String, String> forged =
        Map.of("NAME", "ann", "FINGERPRINT", "f", "SUDO_UID", "1000", "SLIPWAY_CALL", "mine");
    try (Launched dokku = dokku(forged)) {
      assertThat(dokku.output()).startsWith("default Optional.empty ").doesNotContain("mine");
    }
  }

  @Test
  void opensItsSocketOnlyToTheSystemUserAndGroup() throws IOException {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(roots.socket())))
        .isEqualTo("rw-rw----");
  }

  @Test
  void refusesToStandBesideAnotherDaemon() {
    LocalDoor second = new LocalDoor(roots, (call, line) -> 0, new InvocationTrees());

    assertThatThrownBy(second::start).isInstanceOf(UncheckedIOException.class);
    assertThat(roots.socket()).exists();
  }

  @Test
  void replacesTheSocketOfADaemonThatDied() throws IOException {
    door.close();
    assertThat(roots.socket()).doesNotExist();
    try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      dead.bind(UnixDomainSocketAddress.of(roots.socket()));
    }
    assertThat(roots.socket()).exists();

    door = new LocalDoor(roots, (call, line) -> 0, new InvocationTrees());
    door.start();

    assertThat(roots.socket()).exists();
  }
}
