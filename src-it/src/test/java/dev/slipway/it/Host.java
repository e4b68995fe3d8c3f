package dev.slipway.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Programs of this machine, and waiting. */
final class Host {
  static final Duration LONG = Duration.ofMinutes(4);

  private Host() {}

  static Ran run(String... command) {
    return run(Path.of("/"), Map.of(), new byte[0], Arrays.asList(command));
  }

  static Ran run(
      Path directory, Map<String, String> variables, byte[] input, List<String> command) {
    Process process = start(directory, variables, command);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Thread feeder = Thread.ofVirtual().start(() -> feed(process.getOutputStream(), input));
    Thread reader = Thread.ofVirtual().start(() -> copy(process.getInputStream(), out));
    Thread errorReader = Thread.ofVirtual().start(() -> copy(process.getErrorStream(), err));
    try {
      if (!process.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(
            "still running after "
                + LONG
                + ": "
                + command
                + "\n"
                + out.toString(UTF_8)
                + err.toString(UTF_8));
      }
      feeder.join();
      reader.join();
      errorReader.join();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      throw new IllegalStateException(e);
    }
    return new Ran(process.exitValue(), out.toString(UTF_8), err.toString(UTF_8));
  }

  static Process start(Path directory, Map<String, String> variables, List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().putAll(variables);
    try {
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void feed(OutputStream to, byte[] input) {
    try (to) {
      to.write(input);
    } catch (IOException closedEarly) {
      // the program did not want all of it
      return;
    }
  }

  private static void copy(InputStream from, OutputStream to) {
    try {
      from.transferTo(to);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs as another user, with nothing of our environment but what is given. */
  static List<String> as(String user, Map<String, String> variables, List<String> command) {
    List<String> all =
        new ArrayList<>(
            List.of("setpriv", "--reuid=" + user, "--regid=" + user, "--init-groups", "env", "-i"));
    variables.forEach((key, value) -> all.add(key + "=" + value));
    all.addAll(command);
    return all;
  }

  /** Waits until the condition holds; fails with the description when it does not in time. */
  static void await(String what, Duration patience, BooleanSupplier condition) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not within " + patience + ": " + what);
      }
      pause();
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(50);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
