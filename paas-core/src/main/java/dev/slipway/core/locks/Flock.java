package dev.slipway.core.locks;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.Optional;

/**
 * An exclusive {@code flock(2)} on a file, as the program {@code flock} and the shell library of
 * plugins take it; the file locks of the JDK are another kind, which those do not see. The kernel
 * drops it when the process ends, however it ends; children do not inherit it.
 */
public final class Flock implements AutoCloseable {
  private static final int READ_WRITE_CREATE_CLOEXEC = 0x2 | 0x40 | 0x80000;
  private static final int MODE = 0644;
  private static final int EXCLUSIVE = 2;
  private static final int EXCLUSIVE_NOT_WAITING = EXCLUSIVE | 4;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final MethodHandle OPEN =
      function(
          "open",
          FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT),
          Linker.Option.firstVariadicArg(2));
  private static final MethodHandle FLOCK =
      function("flock", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
  private static final MethodHandle CLOSE =
      function("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

  private final int descriptor;

  private Flock(int descriptor) {
    this.descriptor = descriptor;
  }

  /**
   * Takes the lock at once; the file is made where there is none, and not changed where there is
   * one.
   *
   * @return empty if another descriptor holds it
   * @throws IOException if the file cannot be opened
   */
  public static Optional<Flock> tryAcquire(Path file) throws IOException {
    int descriptor = open(file);
    if (descriptor < 0) {
      throw new IOException("cannot open " + file);
    }
    Flock flock = new Flock(descriptor);
    if (call(FLOCK, descriptor, EXCLUSIVE_NOT_WAITING) == 0) {
      return Optional.of(flock);
    }
    flock.close();
    return Optional.empty();
  }

  /**
   * Waits for the lock; else as {@link #tryAcquire}. Only for locks that are held for moments: the
   * thread cannot be interrupted.
   */
  public static Flock acquire(Path file) throws IOException {
    int descriptor = open(file);
    if (descriptor < 0) {
      throw new IOException("cannot open " + file);
    }
    Flock flock = new Flock(descriptor);
    if (call(FLOCK, descriptor, EXCLUSIVE) != 0) {
      flock.close();
      throw new IOException("cannot lock " + file);
    }
    return flock;
  }

  /** Drops the lock; the file stays. */
  @Override
  public void close() {
    call(CLOSE, descriptor);
  }

  private static int open(Path file) {
    try (Arena arena = Arena.ofConfined()) {
      return call(OPEN, arena.allocateFrom(file.toString()), READ_WRITE_CREATE_CLOEXEC, MODE);
    }
  }

  private static int call(MethodHandle function, Object... arguments) {
    try {
      return (int) function.invokeWithArguments(arguments);
    } catch (Throwable e) {
      throw new IllegalStateException("calling the C library", e);
    }
  }

  @SuppressWarnings("restricted") // the C library's own functions, with their own types
  private static MethodHandle function(
      String name, FunctionDescriptor type, Linker.Option... options) {
    return LINKER.downcallHandle(LINKER.defaultLookup().find(name).orElseThrow(), type, options);
  }
}
