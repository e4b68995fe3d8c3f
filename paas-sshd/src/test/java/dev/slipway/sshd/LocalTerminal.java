package dev.slipway.sshd;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A terminal for a client program, made by the launcher's pty host: keys in, screen out. */
final class LocalTerminal implements AutoCloseable {
  private final Process process;
  private final DataOutputStream frames;
  private final ByteArrayOutputStream screen = new ByteArrayOutputStream();

  LocalTerminal(Path launcher, int rows, int columns, List<String> command) throws IOException {
    List<String> all = new ArrayList<>();
    all.add(launcher.toString());
    all.addAll(List.of("--slipway-pty", String.valueOf(rows), String.valueOf(columns), "--"));
    all.add("/usr/bin/" + command.getFirst());
    all.addAll(command.subList(1, command.size()));
    ProcessBuilder builder = new ProcessBuilder(all).redirectErrorStream(true);
    builder.environment().put("TERM", "xterm");
    process = builder.start();
    frames = new DataOutputStream(process.getOutputStream());
    Thread.ofPlatform().daemon().start(this::read);
  }

  private void read() {
    byte[] buffer = new byte[8192];
    try {
      for (int n = process.getInputStream().read(buffer);
          n >= 0;
          n = process.getInputStream().read(buffer)) {
        synchronized (screen) {
          screen.write(buffer, 0, n);
        }
      }
    } catch (IOException ended) {
      return;
    }
  }

  String screen() {
    synchronized (screen) {
      return screen.toString(UTF_8);
    }
  }

  void type(String keys) throws IOException {
    send('i', keys.getBytes(UTF_8));
  }

  void resize(int rows, int columns) throws IOException {
    send('w', new byte[] {0, (byte) rows, 0, (byte) columns});
  }

  private void send(char type, byte[] payload) throws IOException {
    frames.writeByte(type);
    frames.writeInt(payload.length);
    frames.write(payload);
    frames.flush();
  }

  void await(String text) {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!screen().contains(text)) {
      assertThat(System.nanoTime()).as("still no <%s> on <%s>", text, screen()).isLessThan(end);
      LockSupport.parkNanos(5_000_000);
    }
  }

  int status() throws InterruptedException {
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("ends; screen is <%s>", screen()).isTrue();
    return process.exitValue();
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      frames.close();
    } catch (IOException ended) {
      assertThat(process.isAlive()).isFalse();
    }
  }
}
