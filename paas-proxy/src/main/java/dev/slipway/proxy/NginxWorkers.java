package dev.slipway.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The worker processes of nginx as the kernel shows them. A worker that got the order to end has
 * closed its listeners once its title says so; it may serve what it accepted for a long time after.
 */
final class NginxWorkers {
  private static final Path PROC = Path.of("/proc");
  private static final String TITLE = "nginx: worker process";
  private static final String ENDING = "nginx: worker process is shutting down";

  private final Path pidFile;

  NginxWorkers(Path pidFile) {
    this.pidFile = pidFile;
  }

  /**
   * One worker for good: a process id can come again, with its start time it cannot.
   *
   * @param started in ticks since the host started
   */
  record Worker(long pid, long started) {}

  /** The master's process id; absent if there is no such process, or it cannot be seen. */
  Optional<Long> master() {
    try {
      String text = Files.readString(pidFile).strip();
      if (!text.matches("[0-9]{1,10}")) {
        return Optional.empty();
      }
      return Optional.of(Long.parseLong(text))
          .filter(pid -> title(pid).startsWith("nginx: master"));
    } catch (IOException noFile) {
      return Optional.empty();
    }
  }

  /** All workers of the master, those that are ending too. */
  Set<Worker> all() {
    Set<Worker> found = new HashSet<>();
    Optional<Long> master = master();
    if (master.isEmpty()) {
      return found;
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path entry : entries) {
        long pid = Long.parseLong(String.valueOf(entry.getFileName()));
        stat(pid)
            .filter(stat -> stat.parent() == master.get())
            .filter(stat -> title(pid).startsWith(TITLE))
            .ifPresent(stat -> found.add(new Worker(pid, stat.started())));
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("reading " + PROC, e);
    }
    return found;
  }

  /** Whether it is there and takes connections. */
  boolean accepts(Worker worker) {
    return lives(worker) && !title(worker.pid()).startsWith(ENDING);
  }

  boolean lives(Worker worker) {
    return stat(worker.pid()).filter(stat -> stat.started() == worker.started()).isPresent();
  }

  private static String title(long pid) {
    return read(pid, "cmdline").replace('\0', ' ');
  }

  private record Stat(long parent, long started) {}

  private static Optional<Stat> stat(long pid) {
    String text = read(pid, "stat");
    // the name in parentheses may hold anything; fields are counted from behind it
    String[] field = text.substring(text.lastIndexOf(')') + 1).strip().split(" ");
    if (field.length < 20 || field[0].equals("Z")) {
      return Optional.empty();
    }
    return Optional.of(new Stat(Long.parseLong(field[1]), Long.parseLong(field[19])));
  }

  private static String read(long pid, String file) {
    try {
      return new String(Files.readAllBytes(PROC.resolve(pid + "/" + file)), ISO_8859_1);
    } catch (IOException gone) {
      return "";
    }
  }
}
