package dev.slipway.core.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.core.call.Call.PipedPrograms;
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
 * even when the reader of the output has gone. Interrupting the thread ends the program. Safe for
 * use by many threads.
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
    return run(program, streams, started -> {});
  }

  /** As {@link #run(Program, Streams)}, and tells who it is as soon as it runs. */
  public int run(Program program, Streams streams, Consumer<ProcessHandle> started) {
    Process process;
    try {
      process = start(program);
    } catch (IOException e) {
      say(streams.err(), program.file() + ": " + e.getMessage() + "\n");
      return NOT_STARTED;
    }
    started.accept(process.toHandle());
    return attend(process, program, streams);
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

  private Process start(Program program) throws IOException {
    List<String> command = new ArrayList<>();
    launcher.ifPresent(
        path -> command.addAll(List.of(path.toString(), "--slipway-supervise", "--")));
    command.add(program.file().toString());
    command.addAll(program.arguments());
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().clear();
    builder.environment().putAll(program.environment());
    builder.directory(
        (Files.isDirectory(program.directory()) ? program.directory() : Path.of("/")).toFile());
    return builder.start();
  }

  private int attend(Process process, Program program, Streams streams) {
    Thread input = Thread.ofVirtual().start(() -> feed(streams.in(), process.getOutputStream()));
    Thread out = Thread.ofVirtual().start(() -> drain(process.getInputStream(), streams.out()));
    Thread err = Thread.ofVirtual().start(() -> drain(process.getErrorStream(), streams.err()));
    try {
      int status = await(process, program);
      out.join(GRACE);
      err.join(GRACE);
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

  private static void feed(InputStream from, OutputStream to) {
    try (to) {
      byte[] buffer = new byte[65536];
      for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
        to.write(buffer, 0, n);
        to.flush();
      }
    } catch (IOException gone) {
      // the program no longer reads, or the caller went away: either ends the input
      return;
    }
  }

  private static void drain(InputStream from, OutputStream to) {
    byte[] buffer = new byte[65536];
    boolean open = true;
    try (from) {
      for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
        open = open && pass(buffer, n, to);
      }
    } catch (IOException ended) {
      // the program's side of the pipe is gone, which is its end
      return;
    }
  }

  private static boolean pass(byte[] buffer, int length, OutputStream to) {
    try {
      to.write(buffer, 0, length);
      to.flush();
      return true;
    } catch (IOException gone) {
      return false;
    }
  }

  private static void say(OutputStream err, String text) {
    pass(text.getBytes(UTF_8), text.getBytes(UTF_8).length, err);
  }
}
