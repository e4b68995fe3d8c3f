package dev.slipway.core.engine.docker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.core.call.Streams;
import dev.slipway.core.engine.Container;
import dev.slipway.core.engine.ContainerSpec;
import dev.slipway.core.engine.Contents;
import dev.slipway.core.engine.Engine;
import dev.slipway.core.engine.EngineContract;
import dev.slipway.core.engine.EngineUnavailable;
import dev.slipway.core.process.Programs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract on the engine of this machine, and what only a real engine can show. */
class DockerEngineIT extends EngineContract {
  private static final String INSTALLATION = "test-" + UUID.randomUUID().toString().substring(0, 8);
  private static final DockerSettings SETTINGS =
      DockerSettings.from(System.getenv(), INSTALLATION, false);
  private static final DockerEngine ENGINE =
      new DockerEngine(SETTINGS, new Programs(Optional.empty()));

  @AfterAll
  static void removeTheRouteNetwork() {
    try (EngineApi api = new EngineApi(SETTINGS.socket())) {
      if (api.find(Target.of("networks", SETTINGS.routeNetwork(), "")).isPresent()) {
        api.delete(Target.of("networks", SETTINGS.routeNetwork(), ""));
      }
    }
    ENGINE.close();
  }

  @Override
  protected Engine engine() {
    return ENGINE;
  }

  @Override
  protected String image() {
    return "slipway/sample-base:bookworm";
  }

  /** Counts and digests what passes. */
  private static final class Digest extends OutputStream {
    private final MessageDigest digest;
    private long length;

    Digest() throws Exception {
      digest = MessageDigest.getInstance("SHA-256");
    }

    @Override
    public void write(int b) {
      digest.update((byte) b);
      length++;
    }

    @Override
    public void write(byte[] bytes, int from, int count) {
      digest.update(bytes, from, count);
      length += count;
    }

    String text() {
      return length + " " + HexFormat.of().formatHex(digest.digest());
    }
  }

  /** Bytes without end markers of their own; the same for the same seed. */
  private static final class Noise extends InputStream {
    private final Random random = new Random(7);
    private final OutputStream copy;
    private long left;

    Noise(long length, OutputStream copy) {
      this.left = length;
      this.copy = copy;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int count) throws IOException {
      if (left == 0) {
        return -1;
      }
      byte[] some = new byte[(int) Math.min(Math.min(count, 8192), left)];
      random.nextBytes(some);
      System.arraycopy(some, 0, bytes, from, some.length);
      copy.write(some);
      left -= some.length;
      return some.length;
    }
  }

  @Test
  void aHundredMegabytesPassThroughAContainerUnchanged() throws Exception {
    String id = ENGINE.create(spec("bytes", List.of("--interactive"), "cat"));
    Digest sent = new Digest();
    Digest received = new Digest();
    Noise input = new Noise(100L << 20, sent);

    int status =
        ENGINE.runAttached(
            id,
            new Streams(input, received, OutputStream.nullOutputStream()),
            true,
            Optional.empty());

    assertThat(status).isZero();
    assertThat(received.text()).isEqualTo(sent.text()).startsWith("104857600 ");
  }

  @Test
  void aHundredMegabytesPassThroughACommandUnchanged() throws Exception {
    String id = started("exec-bytes", "sleep", "60");
    Digest sent = new Digest();
    Digest received = new Digest();
    Noise input = new Noise(100L << 20, sent);

    int status =
        ENGINE.exec(
            id,
            List.of("cat"),
            Optional.empty(),
            new Streams(input, received, OutputStream.nullOutputStream()),
            false,
            Optional.empty());

    assertThat(status).isZero();
    assertThat(received.text()).isEqualTo(sent.text()).startsWith("104857600 ");
  }

  @Test
  void aTerminalHasItsSizeAndItsChanges() throws Exception {
    String id =
        ENGINE.create(
            spec(
                "tty",
                List.of("-it"),
                "sh",
                "-c",
                "trap 'stty size; exit 6' WINCH; echo ready; while :; do sleep 0.1; done"));
    FakeTerminal terminal = new FakeTerminal(24, 80);
    OutputStream out = new ResizeOnReady(terminal);

    int status =
        ENGINE.runAttached(
            id,
            new Streams(new Silence(), out, OutputStream.nullOutputStream()),
            true,
            Optional.of(terminal));

    assertThat(status).isEqualTo(6);
    assertThat(out.toString()).contains("50 132");
    assertThat(terminal.isRaw()).isFalse();
    assertThat(terminal.listeners()).isZero();
  }

  /** Changes the size as soon as the program says that it listens. */
  private static final class ResizeOnReady extends ByteArrayOutputStream {
    private final FakeTerminal terminal;
    private boolean resized;

    ResizeOnReady(FakeTerminal terminal) {
      this.terminal = terminal;
    }

    @Override
    public synchronized void write(byte[] bytes, int from, int count) {
      super.write(bytes, from, count);
      if (!resized && toString(UTF_8).contains("ready")) {
        resized = true;
        terminal.resize(50, 132);
      }
    }
  }

  /** A person who types nothing. */
  private static final class Silence extends InputStream {
    @Override
    public int read(byte[] bytes, int from, int count) throws IOException {
      return read();
    }

    @Override
    public synchronized int read() throws IOException {
      try {
        while (true) {
          wait();
        }
      } catch (InterruptedException e) {
        throw new InterruptedIOException();
      }
    }
  }

  @Test
  void aReaderThatGoesAwayDetachesButLeavesTheContainer() {
    String id = ENGINE.create(spec("reader", List.of(), "sh", "-c", "echo a; sleep 60"));
    OutputStream gone =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("gone");
          }
        };

    int status =
        ENGINE.runAttached(
            id, new Streams(InputStream.nullInputStream(), gone, gone), false, Optional.empty());

    assertThat(status).isEqualTo(141);
    assertThat(ENGINE.container(id).orElseThrow().isRunning()).isTrue();
  }

  @Test
  void aCommandEndsWhenItsCallerIsInterrupted() throws Exception {
    String id = started("interrupted", "sleep", "60");
    Thread caller =
        Thread.ofVirtual()
            .start(
                () ->
                    ENGINE.exec(
                        id,
                        List.of("sleep", "4321"),
                        Optional.empty(),
                        new Streams(
                            new Silence(),
                            OutputStream.nullOutputStream(),
                            OutputStream.nullOutputStream()),
                        false,
                        Optional.empty()));
    await(() -> processes(id).contains("sleep 4321"));

    caller.interrupt();

    await(() -> !processes(id).contains("sleep 4321"));
    assertThat(caller.join(Duration.ofSeconds(5))).isTrue();
  }

  private static String processes(String id) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ENGINE.exec(
        id,
        List.of("ps", "-eo", "args"),
        Optional.empty(),
        new Streams(InputStream.nullInputStream(), out, out),
        false,
        Optional.empty());
    return out.toString(UTF_8);
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(15);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited too long").isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  @Test
  void filesAreReadThroughLinks() {
    String id = ENGINE.create(spec("files", List.of(), "sleep", "60"));

    assertThat(ENGINE.readFile(id, "/etc/os-release"))
        .hasValueSatisfying(content -> assertThat(new String(content, UTF_8)).contains("bookworm"));
    assertThat(ENGINE.readFile(id, "/etc")).isEmpty();
  }

  @Test
  void everythingMadeCarriesTheInstallation() {
    String id = ENGINE.create(spec("mark", List.of(), "sleep", "60"));
    String viaClient =
        ENGINE.create(spec("mark-client", List.of("--mac-address=02:00:00:00:00:07")));

    assertThat(ENGINE.containers(List.of(DockerSettings.INSTALLATION + "=" + INSTALLATION)))
        .extracting(Container::id)
        .contains(id, viaClient);
  }

  @Test
  void theClientGetsTheNamedVariablesButNoneThatIsDangerous() {
    List<String> warnings = new ArrayList<>();
    ContainerSpec plain =
        spec(
            "client",
            List.of("--mac-address=02:00:00:00:00:08", "--env=COLOR", "--env", "LD_PRELOAD"),
            "sleep",
            "60");
    ContainerSpec spec =
        new ContainerSpec(
            plain.name(),
            plain.options(),
            plain.image(),
            plain.command(),
            Map.of("COLOR", "a b\n$c", "LD_PRELOAD", "/evil.so", "OTHER", "x"),
            Optional.of(ENGINE.routeNetwork().firstPinned()));

    String id = ENGINE.create(spec, warnings::add);

    assertThat(ENGINE.inspectJson(id)).contains("\"COLOR=a b\\n$c\"").doesNotContain("evil");
    assertThat(warnings).singleElement().asString().contains("LD_PRELOAD");
    assertThat(ENGINE.inspectJson(id)).contains(ENGINE.routeNetwork().firstPinned());
  }

  @Test
  void factsAboutTheEngineAreTold() {
    assertThat(ENGINE.info().get("apiVersion")).matches("1\\.[0-9]+");
    assertThat(ENGINE.info().get("version")).isNotEmpty();
    assertThat(ENGINE.info().get("rootDir")).startsWith("/");
    assertThat(ENGINE.info().get("architecture")).isNotEmpty();
  }

  @Test
  void anEngineThatIsNotThereIsSaidToBeAway() {
    DockerSettings nowhere =
        DockerSettings.from(Map.of("DOCKER_HOST", "unix:///no/such.sock"), "none", false);
    try (DockerEngine engine = new DockerEngine(nowhere, new Programs(Optional.empty()))) {
      assertThatThrownBy(() -> engine.container("x"))
          .isInstanceOf(EngineUnavailable.class)
          .hasMessageStartingWith(
              "The Docker engine does not answer at " + Path.of("/no/such.sock"));
    }
  }

  @Test
  void aTreeKeepsItsModesAndLinksAndGetsItsOwner(@TempDir Path folder) throws Exception {
    Files.createDirectories(folder.resolve("sub/empty"));
    Files.writeString(folder.resolve("sub/run"), "#!/bin/sh\necho run\n");
    Files.setPosixFilePermissions(
        folder.resolve("sub/run"), PosixFilePermissions.fromString("rwxr-x---"));
    Files.createSymbolicLink(folder.resolve("link"), Path.of("sub/run"));
    Files.write(folder.resolve("x".repeat(150)), new byte[3_000_000]);
    String script = "cd /new/app; stat -c '%n %a %u:%g %s' sub/run sub/empty link x*; ./link";
    String id = ENGINE.create(spec("tree", List.of(), "sh", "-c", script));

    ENGINE.copyIn(id, "/new/app", new Contents.Tree(folder, 4321, 1234));

    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ENGINE.runAttached(
        id, new Streams(InputStream.nullInputStream(), out, out), false, Optional.empty());
    assertThat(out.toString(UTF_8).lines())
        .containsExactly(
            "sub/run 750 4321:1234 19",
            "sub/empty 755 4321:1234 4096",
            "link 777 4321:1234 7",
            "x".repeat(150) + " 644 4321:1234 3000000",
            "run");
  }

  @Test
  void aTreeThatCannotBeReadIsNeverPutInHalf(@TempDir Path folder) {
    String id = ENGINE.create(spec("half", List.of(), "true"));
    Contents gone = new Contents.Tree(folder.resolve("gone"), 0, 0);

    assertThatThrownBy(() -> ENGINE.copyIn(id, "/app", gone)).isInstanceOf(RuntimeException.class);
  }
}
