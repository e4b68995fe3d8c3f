package dev.slipway.core.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.core.call.Call.PipedPrograms;
import dev.slipway.core.call.Operation;
import dev.slipway.core.call.Program;
import dev.slipway.core.call.Streams;
import dev.slipway.core.error.ToolFailure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Runs programs of the host with pipes. Each runs under the launcher's supervise mode where there
 * is a launcher, so that its process group ends when the daemon does. Pipes are drained to the end
 * even when the reader of the output has gone. A program whose input is a {@link SharedInput}
 * inherits it, so that it takes no more than it reads; other input is copied, read ahead.
 * Interrupting the thread ends the program. Safe for use by many threads.
 */
public final class Programs implements PipedPrograms {
  private static final int NOT_STARTED = 127;
  private static final Duration GRACE = Duration.ofSeconds(10);

  private final Optional<Path> launcher;

  /**
   * @param launcher the C launcher; without it children are not supervised (unit tests)
   */
  public Programs(Optional<Path> launcher) {
    this.launcher = launcher;
  }

  /** Runs to the end; the status as {@link dev.slipway.core.call.Foreground#run}. */
  @Override
  public int run(Program program, Streams streams) {
    return run(program, streams, new Operation());
  }

  @Override
  public int run(Program program, Streams streams, Operation operation) {
    return run(program, streams, operation, started -> {});
  }

  /** As {@link #run(Program, Streams)}, and tells who it is as soon as it runs. */
  public int run(Program program, Streams streams, Consumer<ProcessHandle> started) {
    return run(program, streams, new Operation(), started);
  }

  private int run(
      Program program, Streams streams, Operation operation, Consumer<ProcessHandle> started) {
    Process process;
    try {
      process = start(program, streams);
    } catch (IOException e) {
      say(streams.err(), program.file() + ": " + e.getMessage() + "\n");
      return NOT_STARTED;
    }
    started.accept(process.toHandle());
    try (Operation.Registration _ = operation.onCancel(() -> terminate(process))) {
      return attend(process, program, streams);
    }
  }

  /**
   * Runs with empty input and returns what it printed.
   *
   * @throws ToolFailure if it cannot be started or ends with anything but 0; the message has its
   *     own words
   */
  public String capture(Program program) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int status = run(program, new Streams(InputStream.nullInputStream(), out, err));
    if (status != 0) {
      String said = (err.toString(UTF_8) + out.toString(UTF_8)).strip();
      throw new ToolFailure(
          program.file().getFileName()
              + " "
              + String.join(" ", program.arguments())
              + " failed with status "
              + status
              + (said.isEmpty() ? "" : ": " + said));
    }
    return out.toString(UTF_8);
  }

  private Process start(Program program, Streams streams) throws IOException {
    List<String> command = new ArrayList<>();
    launcher.ifPresent(
        path -> command.addAll(List.of(path.toString(), "--slipway-supervise", "--")));
    command.add(program.file().toString());
    command.addAll(program.arguments());
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().clear();
    builder.environment().putAll(program.environment());
    // with this the launcher would take the call for one that a forced command passes on
    builder.environment().remove("SSH_ORIGINAL_COMMAND");
    builder.directory(
        (Files.isDirectory(program.directory()) ? program.directory() : Path.of("/")).toFile());
    return streams.in() instanceof SharedInput shared ? shared.start(builder) : builder.start();
  }

  private int attend(Process process, Program program, Streams streams) {
    InputStream in =
        streams.in() instanceof SharedInput ? InputStream.nullInputStream() : streams.in();
    Pump input = Pump.feeding(in, process.getOutputStream());
    Pump out = Pump.draining(process.getInputStream(), streams.out());
    Pump err = Pump.draining(process.getErrorStream(), streams.err());
    try {
      int status = await(process, program);
      out.awaitEnd(GRACE);
      err.awaitEnd(GRACE);
      return status;
    } catch (InterruptedException e) {
      end(process);
      Thread.currentThread().interrupt();
      return 130;
    } finally {
      input.interrupt();
    }
  }

  private static int await(Process process, Program program) throws InterruptedException {
    while (true) {
      try {
        return process.waitFor();
      } catch (InterruptedException e) {
        if (!program.survivesHangup()) {
          throw e;
        }
      }
    }
  }

  private static void end(Process process) {
    process.destroy();
    try {
      if (!process.waitFor(GRACE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  /** Tells the group to end without waiting for it; what is left after the grace is killed. */
  private static void terminate(Process process) {
    process.destroy();
    Thread.ofVirtual().name("end-of-program").start(() -> killLater(process));
  }

  private static void killLater(Process process) {
    try {
      if (!process.waitFor(GRACE.toSeconds(), TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void say(OutputStream err, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    Pump.pass(bytes, bytes.length, err);
  }
}
