package dev.slipway.cli.door;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cli.door.FakeDaemon.Served;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The launcher's streams, signals and ends, against a daemon of the test. */
@Timeout(120)
class LauncherIT {
  private static final int MEGABYTES = 100;

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
  void passesWordsEnvironmentAndDirectoryExactly() throws Exception {
    Path there = Files.createDirectory(folder.resolve("a b\nc"));
    String script =
        "export RAW=$'\\xfe\\n=\\x01'; exec \"$0\" '' $'a\\nb' $'\\xff \\xc3' --app -- ' '";
    ProcessBuilder builder =
        Launched.builder(daemon, List.of("bash", "-c", script, Launched.PROGRAM));
    builder.directory(there.toFile());
    builder.environment().put("BIG", "x".repeat(100_000));
    builder.environment().put("BIG2", "y".repeat(100_000));
    try (Launched launched = Launched.start(builder);
        Served call = daemon.accept()) {
      call.session().exit(0);

      assertThat(launched.exitCode()).isZero();
      LauncherRequest request = call.request();
      assertThat(request.arguments())
          .containsExactly("", "a\nb", "\udcff \udcc3", "--app", "--", " ");
      assertThat(request.environmentByName())
          .containsEntry("RAW", "\udcfe\n=\u0001")
          .containsEntry("BIG", "x".repeat(100_000))
          .containsEntry("BIG2", "y".repeat(100_000));
      assertThat(request.directory()).isEqualTo(there.toString());
      assertThat(request.pid()).isEqualTo((int) launched.process().pid());
      assertThat(request.terminal()).isEqualTo(LauncherRequest.Terminal.NONE);
    }
  }

  @Test
  void separatesOutputFromErrorAndEndsWithTheStatus() throws Exception {
    try (Launched launched = Launched.launcher(daemon, "x");
        Served call = daemon.accept()) {
      call.session().out().write("out\n".getBytes(StandardCharsets.UTF_8));
      call.session().err().write("err\n".getBytes(StandardCharsets.UTF_8));
      call.session().out().write(new byte[0]);
      call.session().exit(42);

      assertThat(launched.exitCode()).isEqualTo(42);
      assertThat(launched.output()).isEqualTo("out\n");
      assertThat(launched.errors()).isEqualTo("err\n");
    }
  }

  @Test
  void carries100MegabytesBothWaysAtOnce() throws Exception {
    try (Launched launched = Launched.launcher(daemon, "x");
        Served call = daemon.accept()) {
      Thread feeder =
          Thread.startVirtualThread(() -> pour(7, launched.process().getOutputStream()));
      Thread talker = Thread.startVirtualThread(() -> pour(8, call.session().out()));
      Digested received = new Digested();
      Thread reader =
          Thread.startVirtualThread(() -> received.drain(launched.process().getInputStream()));
      Digested arrived = new Digested();
      arrived.drain(call.session().in());
      reader.join();
      feeder.join();
      talker.join();
      call.session().exit(0);

      assertThat(launched.exitCode()).isZero();
      assertThat(arrived.result).isEqualTo(expected(7));
      assertThat(received.result).isEqualTo(expected(8));
      assertThat(launched.errors()).isEmpty();
    }
  }

  @Test
  void readsNoMoreInputThanWasAskedFor() throws Exception {
    Path input = Files.writeString(folder.resolve("input"), "0123456789");
    ProcessBuilder builder =
        Launched.builder(daemon, List.of("sh", "-c", "\"$0\" x; cat", Launched.PROGRAM));
    builder.redirectInput(input.toFile());
    try (Launched launched = Launched.start(builder);
        Served call = daemon.accept()) {
      byte[] some = call.session().in().readNBytes(4);
      call.session().exit(0);

      assertThat(launched.exitCode()).isZero();
      assertThat(some).asString(StandardCharsets.UTF_8).isEqualTo("0123");
      assertThat(launched.output()).isEqualTo("456789");
    }
  }

  @Test
  void endsOneOutputWhileTheOtherGoesOn() throws Exception {
    try (Launched launched = Launched.launcher(daemon, "x");
        Served call = daemon.accept()) {
      call.session().out().write('a');
      call.session().out().close();

      assertThat(launched.output()).isEqualTo("a");
      assertThat(launched.process().isAlive()).isTrue();
      call.session().err().write('b');
      call.session().exit(0);
      assertThat(launched.exitCode()).isZero();
      assertThat(launched.errors()).isEqualTo("b");
    }
  }

  @Test
  void closedInputGivesTheWriterABrokenPipe() throws Exception {
    ProcessBuilder builder =
        Launched.builder(
            daemon,
            List.of("bash", "-c", "yes | \"$0\" x; echo ${PIPESTATUS[0]}", Launched.PROGRAM));
    try (Launched launched = Launched.start(builder);
        Served call = daemon.accept()) {
      call.session().in().close();
      call.session().exit(0);

      assertThat(launched.exitCode()).isZero();
      assertThat(launched.output()).isEqualTo("141\n");
    }
  }

  @Test
  void saysWhenNobodyReadsTheOutput() throws Exception {
    try (Launched launched = Launched.launcher(daemon, "x");
        Served call = daemon.accept()) {
      launched.process().getInputStream().close();
      call.session().out().write('a');

      assertThat(call.nextEvent()).isEqualTo("lost 1");
      call.wire().write('o', (byte) 'b');
      call.session().err().write('c');
      call.session().exit(3);
      assertThat(launched.exitCode()).isEqualTo(3);
      assertThat(launched.errors()).isEqualTo("c");
    }
  }

  @Test
  void aFullDiskMakesTheCallFail() throws Exception {
    ProcessBuilder builder =
        Launched.builder(daemon, List.of("sh", "-c", "\"$0\" x >/dev/full", Launched.PROGRAM));
    try (Launched launched = Launched.start(builder);
        Served call = daemon.accept()) {
      call.session().out().write('a');
      assertThat(call.nextEvent()).isEqualTo("lost 1");
      call.session().exit(0);

      assertThat(launched.exitCode()).isEqualTo(1);
      assertThat(launched.errors())
          .isEqualTo(" !     Cannot write to standard output: No space left on device\n");
    }
  }

  @Test
  void reportsSignalsAndEndsAtTheSecondInterrupt() throws Exception {
    try (Launched launched = Launched.launcher(daemon, "x");
        Served call = daemon.accept()) {
      awaitServing(call, launched);
      for (int number : new int[] {1, 3, 15, 2}) {
        launched.signal(number);
        assertThat(call.nextEvent()).isEqualTo("signal " + number);
      }
      launched.signal(2);

      assertThat(launched.exitCode()).isEqualTo(130);
      assertThat(call.nextEvent()).isEqualTo("gone");
    }
  }

  @Test
  void signalsAreHeardWhileNobodyTakesTheOutput() throws Exception {
    try (Launched launched = Launched.launcher(daemon, "x");
        Served call = daemon.accept()) {
      awaitServing(call, launched);
      Thread.startVirtualThread(() -> pour(1, call.session().out()));
      launched.signal(15);

      assertThat(call.nextEvent()).isEqualTo("signal 15");
    }
  }

  @Test
  void tellsThatTheDaemonWentAway() throws Exception {
    try (Launched launched = Launched.launcher(daemon, "x");
        Served call = daemon.accept()) {
      call.session().out().write('a');
      call.vanish();

      assertThat(launched.exitCode()).isEqualTo(1);
      assertThat(launched.output()).isEqualTo("a");
      assertThat(launched.errors())
          .isEqualTo(" !     The Slipway daemon went away before the command was finished\n");
    }
  }

  @Test
  void refusesFramesItDoesNotKnow() throws Exception {
    try (Launched launched = Launched.launcher(daemon, "x");
        Served call = daemon.accept()) {
      call.wire().write('?', (byte) 0);

      assertThat(launched.exitCode()).isEqualTo(1);
      assertThat(launched.errors()).contains("does not understand (frame 63)");
    }
  }

  @Test
  void namesTheSocketWhenNoDaemonAnswers() throws Exception {
    ProcessBuilder builder = Launched.builder(List.of(Launched.PROGRAM, "apps:list"));
    builder.environment().put("SLIPWAY_SOCKET", folder.resolve("none").toString());
    try (Launched launched = Launched.start(builder)) {

      assertThat(launched.exitCode()).isEqualTo(1);
      assertThat(launched.errors())
          .startsWith(
              " !     The Slipway daemon does not answer at "
                  + folder.resolve("none")
                  + ": No such file or directory\n")
          .contains("slipway daemon");
    }
  }

  @Test
  void worksWithDescriptorsThatAreClosed() throws Exception {
    ProcessBuilder builder =
        Launched.builder(daemon, List.of("sh", "-c", "\"$0\" x <&- >&- 2>&-", Launched.PROGRAM));
    try (Launched launched = Launched.start(builder);
        Served call = daemon.accept()) {
      assertThat(call.session().in().read()).isEqualTo(-1);
      call.session().out().write('a');
      call.session().err().write('b');
      call.session().exit(5);

      assertThat(launched.exitCode()).isEqualTo(5);
    }
  }

  /** Once the launcher has answered a pull, its signal handlers are in place. */
  private static void awaitServing(Served call, Launched launched) throws IOException {
    launched.process().getOutputStream().write('!');
    launched.process().getOutputStream().flush();
    assertThat(call.session().in().read()).isEqualTo('!');
  }

  private static void pour(int seed, OutputStream out) {
    Random random = new Random(seed);
    byte[] block = new byte[1_000_003];
    try (out) {
      for (int i = 0; i < MEGABYTES; i++) {
        random.nextBytes(block);
        out.write(block);
      }
    } catch (IOException expected) {
      // the reader has seen enough
    }
  }

  private static String expected(int seed) throws Exception {
    Random random = new Random(seed);
    byte[] block = new byte[1_000_003];
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (int i = 0; i < MEGABYTES; i++) {
      random.nextBytes(block);
      digest.update(block);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static final class Digested {
    private String result = "";

    void drain(InputStream in) {
      try {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        byte[] block = new byte[100_000];
        for (int n = in.read(block); n >= 0; n = in.read(block)) {
          digest.update(block, 0, n);
        }
        result = HexFormat.of().formatHex(digest.digest());
      } catch (Exception e) {
        result = e.toString();
      }
    }
  }
}
