package dev.slipway.core.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Closeable;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.RandomAccessFile;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The standard input of a call, shared by all programs that it runs and by the daemon's own code:
 * what one does not read is left to the next. Programs inherit a pipe of the operating system,
 * which is made when the first one starts; until then reading goes straight to the source. Safe for
 * use by many threads.
 */
public final class SharedInput extends InputStream {
  private static final String PREFIX = "input-";

  private final InputStream source;
  private final Path folder;
  private final ReentrantLock pipeLock = new ReentrantLock();
  private final ReentrantLock sourceLock = new ReentrantLock();
  private volatile @Nullable Pipe pipe;
  private boolean closed;

  /**
   * @param source what the caller sends; closed by who made it
   * @param folder for the pipe's name; is made, private to the daemon's user
   */
  public SharedInput(InputStream source, Path folder) {
    this.source = source;
    this.folder = folder;
  }

  /** Removes pipes that a killed daemon left in this folder, which no other daemon may use. */
  public static void sweep(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, PREFIX + "*")) {
        for (Path each : left) {
          Files.deleteIfExists(each);
        }
      }
    }
  }

  /** A named pipe with its ends; the reading one keeps what is in it from getting lost. */
  private record Pipe(Path name, FileInputStream reader, FileOutputStream writer) {}

  /** Starts a program that reads from here as well. */
  Process start(ProcessBuilder builder) throws IOException {
    pipeLock.lock();
    try {
      Pipe current = opened();
      builder.redirectInput(current.name().toFile());
      // opening a named pipe for reading waits for a writer, and after the end there is none
      try (Closeable writer = new RandomAccessFile(current.name().toFile(), "rw")) {
        return builder.start();
      }
    } finally {
      pipeLock.unlock();
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    Pipe current = pipe;
    if (current == null) {
      sourceLock.lock();
      try {
        current = pipe;
        if (current == null) {
          return source.read(buffer, offset, length);
        }
      } finally {
        sourceLock.unlock();
      }
    }
    return current.reader().read(buffer, offset, length);
  }

  @Override
  public int available() throws IOException {
    Pipe current = pipe;
    return current == null ? source.available() : current.reader().available();
  }

  /** Ends it for all that still read; what was not read is dropped. */
  @Override
  public void close() throws IOException {
    pipeLock.lock();
    try {
      closed = true;
      Pipe current = pipe;
      if (current != null) {
        Files.deleteIfExists(current.name());
        current.writer().close();
        current.reader().close();
      }
    } finally {
      pipeLock.unlock();
    }
  }

  private Pipe opened() throws IOException {
    if (closed) {
      throw new IOException("the input has been closed");
    }
    Pipe current = pipe;
    if (current != null) {
      return current;
    }
    Path name = folder.resolve(PREFIX + UUID.randomUUID());
    makePipe(name);
    try (Closeable both = new RandomAccessFile(name.toFile(), "rw")) {
      current =
          new Pipe(name, new FileInputStream(name.toFile()), new FileOutputStream(name.toFile()));
    }
    pipe = current;
    FileOutputStream writer = current.writer();
    Thread.ofPlatform().daemon().name("call-input").start(() -> fill(writer));
    return current;
  }

  /** A reader that is still at the source gets the lock first, and keeps what it reads. */
  private void fill(FileOutputStream writer) {
    sourceLock.lock();
    try (writer) {
      source.transferTo(writer);
    } catch (IOException gone) {
      // the caller went away or the call has ended: the end of the input, either way
      return;
    } finally {
      sourceLock.unlock();
    }
  }

  private void makePipe(Path name) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder);
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    }
    Process made =
        new ProcessBuilder("mkfifo", "-m", "600", name.toString())
            .redirectErrorStream(true)
            .start();
    try {
      if (made.waitFor() != 0) {
        throw new IOException("mkfifo: " + new String(made.getInputStream().readAllBytes(), UTF_8));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("making a pipe");
    } finally {
      made.getInputStream().close();
    }
  }
}
