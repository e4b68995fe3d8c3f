package dev.slipway.core.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.core.call.Program;
import dev.slipway.core.call.Streams;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ProgramsTest {
  private static final Map<String, String> PATH = Map.of("PATH", "/usr/local/bin:/usr/bin:/bin");

  private final Programs programs = new Programs(Optional.empty());

  @Test
  void returnsStatusesOfAllKinds() {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    assertThat(programs.run(sh("exit 3"), Streams.none())).isEqualTo(3);
    assertThat(programs.run(sh("kill -TERM $$"), Streams.none())).isEqualTo(128 + 15);
    Program absent = Program.of(Path.of("/no/such/program"), List.of(), PATH, Path.of("/"));
    Streams streams =
        new Streams(InputStream.nullInputStream(), OutputStream.nullOutputStream(), err);
    assertThat(programs.run(absent, streams)).isEqualTo(127);
    assertThat(err.toString(UTF_8)).startsWith("/no/such/program: ");
  }

  @Test
  void waitsForASlowReaderToTakeAllOutput() throws Exception {
    CountDownLatch mayRead = new CountDownLatch(1);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    OutputStream slow =
        new OutputStream() {
          @Override
          public void write(int b) {
            throw new IllegalStateException("blocks only");
          }

          @Override
          public void write(byte[] bytes, int offset, int length) throws java.io.IOException {
            try {
              mayRead.await();
            } catch (InterruptedException e) {
              throw new java.io.InterruptedIOException();
            }
            out.write(bytes, offset, length);
          }
        };
    Thread run =
        Thread.ofVirtual()
            .start(
                () ->
                    programs.run(
                        sh("head -c 60000 /dev/zero"),
                        new Streams(
                            InputStream.nullInputStream(), slow, OutputStream.nullOutputStream())));
    assertThat(run.join(java.time.Duration.ofMillis(300))).isFalse();
    mayRead.countDown();
    run.join();
    assertThat(out.size()).isEqualTo(60000);
  }

  @Test
  void manyWaitingProgramsDoNotHoldUpOtherThreads() throws Exception {
    List<Thread> runs = new ArrayList<>();
    CountDownLatch started = new CountDownLatch(140);
    for (int i = 0; i < 140; i++) {
      Thread run =
          Thread.ofVirtual()
              .start(
                  () ->
                      programs.run(
                          sh("exec sleep 60"), Streams.none(), handle -> started.countDown()));
      runs.add(run);
    }
    assertThat(started.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(Thread.ofVirtual().start(() -> {}).join(java.time.Duration.ofSeconds(5))).isTrue();
    runs.forEach(Thread::interrupt);
    for (Thread run : runs) {
      run.join();
    }
  }

  private static Program sh(String script) {
    return Program.of(Path.of("/bin/sh"), List.of("-c", script), PATH, Path.of("/"));
  }
}
