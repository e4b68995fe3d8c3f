package dev.slipway.sshd;

import dev.slipway.core.call.Foreground;
import dev.slipway.core.call.Program;
import dev.slipway.core.call.Terminal;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs programs in a pseudo terminal that the launcher makes: its standard input takes frames, its
 * standard output is the raw screen. Interrupting the thread hangs the program up.
 */
final class PtyPrograms implements Foreground {
  private static final Logger log = LoggerFactory.getLogger(PtyPrograms.class);
  private static final Duration GRACE = Duration.ofSeconds(8);
  private static final Map<String, Integer> SIGNALS =
      Map.of("HUP", 1, "INT", 2, "QUIT", 3, "USR1", 10, "USR2", 12, "TERM", 15, "CONT", 18);

  private final Path launcher;
  private final Console console;
  private final OutputStream screen;
  private final OutputStream err;

  /**
   * @param screen gets the program's output as it is
   * @param err gets what the launcher itself has to say
   */
  PtyPrograms(Path launcher, Console console, OutputStream screen, OutputStream err) {
    this.launcher = launcher;
    this.console = console;
    this.screen = screen;
    this.err = err;
  }

  @Override
  public int run(Program program) {
    try {
      Process process = start(program);
      try (Frames frames = new Frames(process.getOutputStream());
          Terminal.Registration takenOver = console.takeOver(frames)) {
        return attend(process, frames);
      }
    } catch (IOException e) {
      log.warn("no terminal for program={}", program.file(), e);
      return 127;
    }
  }

  private Process start(Program program) throws IOException {
    Terminal.Size size = console.size();
    List<String> command = new ArrayList<>();
    command.add(launcher.toString());
    command.add("--slipway-pty");
    command.add(String.valueOf(size.rows()));
    command.add(String.valueOf(size.columns()));
    command.add("--");
    command.add(program.file().toString());
    command.addAll(program.arguments());
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().clear();
    builder.environment().putAll(program.environment());
    builder.environment().remove("SSH_ORIGINAL_COMMAND");
    builder.environment().put("TERM", console.type());
    Path directory = program.directory();
    builder.directory((Files.isDirectory(directory) ? directory : Path.of("/")).toFile());
    return builder.start();
  }

  private int attend(Process process, Frames frames) throws IOException {
    Thread out = copy(process.getInputStream(), screen);
    Thread said = copy(process.getErrorStream(), err);
    try {
      int status = process.waitFor();
      out.join();
      said.join();
      return status;
    } catch (InterruptedException e) {
      frames.close();
      hangUp(process);
      Thread.currentThread().interrupt();
      return 128 + 1;
    }
  }

  /** The launcher hangs its program up once its standard input has ended. */
  private static void hangUp(Process process) {
    try {
      if (!process.waitFor(GRACE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException again) {
      process.destroyForcibly();
    }
  }

  private static Thread copy(InputStream from, OutputStream to) {
    return Thread.ofPlatform().daemon().name("terminal-output").start(() -> transfer(from, to));
  }

  private static void transfer(InputStream from, OutputStream to) {
    byte[] buffer = new byte[32768];
    boolean open = true;
    try (from) {
      for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
        open = open && pass(buffer, n, to);
      }
    } catch (IOException ended) {
      // the launcher is gone, and with it the screen
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

  /** The launcher's standard input: one byte type, four bytes length, payload. */
  private static final class Frames implements Console.Guest, AutoCloseable {
    private final DataOutputStream out;

    Frames(OutputStream out) {
      this.out = new DataOutputStream(out);
    }

    @Override
    public void keys(byte[] bytes, int length) throws IOException {
      if (length > 0) {
        send('i', Arrays.copyOf(bytes, length));
      }
    }

    @Override
    public void endOfInput() throws IOException {
      send('I', new byte[0]);
    }

    @Override
    public void resized(Terminal.Size size) {
      int rows = size.rows();
      int columns = size.columns();
      trySend(
          'w', new byte[] {(byte) (rows >> 8), (byte) rows, (byte) (columns >> 8), (byte) columns});
    }

    @Override
    public void signalled(String name) {
      Integer number = SIGNALS.get(name);
      if (number != null) {
        trySend('s', new byte[] {number.byteValue()});
      }
    }

    @Override
    public void close() throws IOException {
      out.close();
    }

    private void trySend(char type, byte[] payload) {
      try {
        send(type, payload);
      } catch (IOException ended) {
        log.debug("the program has ended before a frame of type {}", type);
      }
    }

    private synchronized void send(char type, byte[] payload) throws IOException {
      out.writeByte(type);
      out.writeInt(payload.length);
      out.write(payload);
      out.flush();
    }
  }
}
