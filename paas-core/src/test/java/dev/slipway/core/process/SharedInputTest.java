package dev.slipway.core.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.core.call.Program;
import dev.slipway.core.call.Streams;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SharedInputTest {
  private static final Map<String, String> PATH = Map.of("PATH", "/usr/local/bin:/usr/bin:/bin");

  private final Programs programs = new Programs(Optional.empty());

  @TempDir private Path folder;

  @Test
  void leavesToTheNextProgramWhatOneDoesNotRead() throws IOException {
    try (SharedInput in = shared("one\ntwo\nthree\n")) {
      assertThat(shell(in, "read -r line; echo \"$line\"")).isEqualTo("one\n");
      assertThat(shell(in, "true")).isEmpty();
      assertThat(shell(in, "read -r line; echo \"$line\"")).isEqualTo("two\n");
      assertThat(new String(in.readAllBytes(), UTF_8)).isEqualTo("three\n");
      assertThat(shell(in, "cat")).isEmpty();
    }
  }

  @Test
  void leavesToAProgramWhatTheDaemonDoesNotRead() throws IOException {
    try (SharedInput in = shared("one\ntwo\n")) {
      assertThat(in.readNBytes(4)).isEqualTo("one\n".getBytes(UTF_8));
      assertThat(shell(in, "cat")).isEqualTo("two\n");
    }
  }

  @Test
  void readsNothingFromTheSourceUntilSomebodyWantsIt() throws IOException {
    InputStream source = new ByteArrayInputStream("untouched".getBytes(UTF_8));
    try (SharedInput in = new SharedInput(source, folder)) {
      assertThat(in.available()).isEqualTo(9);
    }
    assertThat(source.readAllBytes()).hasSize(9);
  }

  @Test
  void carriesManyBytesUnchanged() throws IOException {
    byte[] bytes = new byte[8 * 1024 * 1024];
    new Random(1).nextBytes(bytes);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (SharedInput in = new SharedInput(new ByteArrayInputStream(bytes), folder)) {
      programs.run(sh("cat"), new Streams(in, out, OutputStream.nullOutputStream()));
    }
    assertThat(out.toByteArray()).isEqualTo(bytes);
  }

  @Test
  void closingEndsAProgramThatWaitsForInputAndLeavesNoFile() throws Exception {
    try (PipedOutputStream silent = new PipedOutputStream();
        PipedInputStream source = new PipedInputStream(silent)) {
      SharedInput in = new SharedInput(source, folder);
      Thread reader = Thread.ofPlatform().start(() -> shell(in, "cat"));
      while (files() == 0) {
        Thread.onSpinWait();
      }
      silent.close();
      reader.join();
      in.close();
    }
    assertThat(files()).isZero();
  }

  private long files() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.count();
    }
  }

  private SharedInput shared(String text) {
    return new SharedInput(new ByteArrayInputStream(text.getBytes(UTF_8)), folder);
  }

  private String shell(SharedInput in, String script) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    programs.run(sh(script), new Streams(in, out, OutputStream.nullOutputStream()));
    return out.toString(UTF_8);
  }

  private static Program sh(String script) {
    return Program.of(Path.of("/bin/sh"), List.of("-c", script), PATH, Path.of("/"));
  }
}
