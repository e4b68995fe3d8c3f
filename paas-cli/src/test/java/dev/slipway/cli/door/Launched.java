package dev.slipway.cli.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A process of a test, with its standard error collected; ended with the test. */
final class Launched implements AutoCloseable {
  /** The sanitized build. */
  static final String PROGRAM =
      System.getProperty(
          "slipway.launcher", new File("target/launcher-asan/dokku").getAbsolutePath());

  private final Process process;
  private final CompletableFuture<String> errors;

  private Launched(Process process) {
    this.process = process;
    errors =
        CompletableFuture.supplyAsync(
            () -> allOf(process.getErrorStream()), task -> Thread.startVirtualThread(task));
  }

  static Launched launcher(FakeDaemon daemon, String... words) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(PROGRAM);
    command.addAll(List.of(words));
    return start(builder(daemon, command));
  }

  static ProcessBuilder builder(FakeDaemon daemon, List<String> command) {
    ProcessBuilder builder = builder(command);
    builder.environment().put("SLIPWAY_SOCKET", daemon.socket().toString());
    return builder;
  }

  /** Without what the test's own environment could carry into the launcher. */
  static ProcessBuilder builder(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder
        .environment()
        .keySet()
        .removeIf(
            name ->
                name.startsWith("SLIPWAY_") || name.startsWith("SSH_") || name.startsWith("SUDO_"));
    builder.environment().put("ASAN_OPTIONS", "exitcode=99");
    return builder;
  }

  static Launched start(ProcessBuilder builder) throws IOException {
    return new Launched(builder.start());
  }

  Process process() {
    return process;
  }

  LauncherWire frames() {
    return new LauncherWire(InputStream.nullInputStream(), process.getOutputStream());
  }

  int exitCode() throws InterruptedException {
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("ends in time").isTrue();
    return process.exitValue();
  }

  String errors() {
    return errors.join();
  }

  String output() {
    return allOf(process.getInputStream());
  }

  /** Sends a signal by its number, as kill(1) does. */
  void signal(int number) throws IOException, InterruptedException {
    signal(process.pid(), number);
  }

  static void signal(long pid, int number) throws IOException, InterruptedException {
    assertThat(new ProcessBuilder("kill", "-" + number, Long.toString(pid)).start().waitFor())
        .isZero();
  }

  private static String allOf(InputStream in) {
    try {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
