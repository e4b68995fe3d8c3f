package dev.slipway.core.engine.docker;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * A Docker engine for one test, beside the system's: own socket, data and bridges, so that a test
 * may kill and restart it or clean globally. Needs root. Containers are reached from the host by
 * their addresses; they do not reach the internet, and isolation between them is not enforced,
 * since this engine leaves iptables alone.
 *
 * <p>Everything goes with {@link #close()}, and also when this JVM is killed: {@code
 * private-dockerd.sh} waits for the end of its input. Not safe for use by many threads.
 */
public final class PrivateDockerd implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final Path folder;
  private final String bridge;
  private final Process keeper;
  private final Writer orders;
  private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

  private PrivateDockerd(Path folder, String bridge, Process keeper) {
    this.folder = folder;
    this.bridge = bridge;
    this.keeper = keeper;
    this.orders = keeper.outputWriter(StandardCharsets.UTF_8);
    Thread.ofVirtual()
        .start(() -> keeper.inputReader(StandardCharsets.UTF_8).lines().forEach(answers::add));
  }

  /** Starts an engine that has no images yet; returns when it answers. */
  public static PrivateDockerd launch() {
    PrivateDockerd engine = keep();
    try {
      engine.start();
      return engine;
    } catch (RuntimeException e) {
      engine.close();
      throw e;
    }
  }

  private static PrivateDockerd keep() {
    byte[] id = new byte[4];
    ThreadLocalRandom.current().nextBytes(id);
    String bridge = "slipt" + HexFormat.of().formatHex(id); // Linux allows 15 characters
    try {
      Path folder = Files.createTempDirectory("slipway-dockerd-");
      // an ordinary user in group docker must get to the socket
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
      Path script = folder.resolve("private-dockerd.sh");
      try (InputStream text = PrivateDockerd.class.getResourceAsStream("private-dockerd.sh")) {
        if (text == null) {
          throw new IllegalStateException("private-dockerd.sh is not on the class path");
        }
        Files.copy(text, script);
      }
      Process keeper =
          new ProcessBuilder("bash", script.toString(), folder.toString(), bridge)
              .redirectError(folder.resolve("keeper.log").toFile())
              .start();
      return new PrivateDockerd(folder, bridge, keeper);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start a private engine", e);
    }
  }

  /** Where the engine listens while it runs; the same path over restarts. */
  public Path socket() {
    return folder.resolve("docker.sock");
  }

  /** The value of {@code DOCKER_HOST} for this engine. */
  public String host() {
    return "unix://" + socket();
  }

  /** The bridge of its default network. */
  public String bridge() {
    return bridge;
  }

  /** The folder that holds all that this engine keeps; gone after {@link #close()}. */
  public Path folder() {
    return folder;
  }

  /** Starts the engine after {@link #stop()} or {@link #kill()}; returns when it answers. */
  public void start() {
    order("start");
  }

  /** Ends the engine by SIGTERM: it stops its containers first. */
  public void stop() {
    order("stop");
  }

  /** Ends the engine by SIGKILL: its containers go on until the next start. */
  public void kill() {
    order("kill");
  }

  /** {@link #stop()}, then {@link #start()}. */
  public void restart() {
    stop();
    start();
  }

  /** Copies an image of the system's engine into this one. */
  public void importImage(String image) {
    try {
      List<Process> pipe =
          ProcessBuilder.startPipeline(
              List.of(
                  logged(new ProcessBuilder("docker", "save", image)),
                  logged(new ProcessBuilder("docker", "--host", host(), "load", "--quiet"))
                      .redirectOutput(ProcessBuilder.Redirect.DISCARD)));
      for (Process part : pipe) {
        if (await(part) != 0) {
          throw new IllegalStateException("cannot import " + image + ": " + log());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot import " + image, e);
    }
  }

  /**
   * Runs the docker client against this engine.
   *
   * @return what it printed, without blanks at the ends
   * @throws IllegalStateException if it fails, with its words
   */
  public String docker(String... arguments) {
    List<String> line = new ArrayList<>(List.of("docker", "--host", host()));
    line.addAll(Arrays.asList(arguments));
    try {
      Process client = new ProcessBuilder(line).redirectErrorStream(true).start();
      client.getOutputStream().close();
      String text =
          new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (await(client) != 0) {
        throw new IllegalStateException(String.join(" ", line) + ": " + text);
      }
      return text;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot run " + line, e);
    }
  }

  /** Ends the engine and its containers at once and removes everything that belonged to it. */
  @Override
  public void close() {
    try {
      orders.close();
    } catch (IOException e) {
      if (keeper.isAlive()) {
        throw new UncheckedIOException(e);
      }
    }
    await(keeper);
  }

  private void order(String word) {
    try {
      orders.write(word + "\n");
      orders.flush();
      String answer = answers.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      if (!"ok".equals(answer)) {
        throw new IllegalStateException("private engine: " + word + ": " + answer + "\n" + log());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("private engine: " + word, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the private engine did: " + word, e);
    }
  }

  private ProcessBuilder logged(ProcessBuilder program) {
    return program.redirectError(
        ProcessBuilder.Redirect.appendTo(folder.resolve("keeper.log").toFile()));
  }

  private static int await(Process process) {
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException("does not end: " + process.info());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for " + process.info(), e);
    }
  }

  private String log() {
    StringBuilder text = new StringBuilder();
    for (String name : List.of("keeper.log", "dockerd.log")) {
      try {
        List<String> lines = Files.readAllLines(folder.resolve(name));
        lines
            .subList(Math.max(0, lines.size() - 15), lines.size())
            .forEach(line -> text.append(line).append('\n'));
      } catch (IOException e) {
        text.append(name).append(" cannot be read: ").append(e).append('\n');
      }
    }
    return text.toString();
  }
}
