package dev.slipway.core.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;

/**
 * Copies between a program's pipe and a stream of its caller. Each has a platform thread: a virtual
 * thread that waits for a pipe holds its carrier, and carriers run out at 256.
 */
final class Pump {
  private static final int BLOCK = 65536;
  private static final long POLL_MILLIS = 50;

  private final InputStream from;
  private final OutputStream to;
  private final Thread thread;
  private volatile long readingSince = System.nanoTime();
  private volatile boolean reading = true;

  private Pump(String name, InputStream from, OutputStream to, boolean toProgram) {
    this.from = from;
    this.to = to;
    this.thread =
        Thread.ofPlatform().daemon().name(name).unstarted(toProgram ? this::feed : this::drain);
  }

  /** Brings input to a program until it ends, or the program reads no more; closes the pipe. */
  static Pump feeding(InputStream from, OutputStream to) {
    return started(new Pump("program-input", from, to, true));
  }

  /** Brings output of a program to its caller; once that has gone, the rest is dropped. */
  static Pump draining(InputStream from, OutputStream to) {
    return started(new Pump("program-output", from, to, false));
  }

  private static Pump started(Pump pump) {
    pump.thread.start();
    return pump;
  }

  /** Gives up on input that has not come yet. */
  void interrupt() {
    thread.interrupt();
  }

  /**
   * Waits for the end of the output. Somebody who inherited the pipe may hold it open after the
   * program has ended, so this gives up when nothing came for {@code quiet}; a caller that reads
   * slowly is waited for.
   */
  void awaitEnd(Duration quiet) throws InterruptedException {
    long start = System.nanoTime();
    while (!thread.join(Duration.ofMillis(POLL_MILLIS))) {
      long since = Math.max(start, readingSince);
      if (reading && System.nanoTime() - since > quiet.toNanos()) {
        return;
      }
    }
  }

  private void feed() {
    try (to) {
      byte[] buffer = new byte[BLOCK];
      for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
        to.write(buffer, 0, n);
        to.flush();
      }
    } catch (IOException gone) {
      // the program no longer reads, or the caller went away: either ends the input
      return;
    }
  }

  private void drain() {
    byte[] buffer = new byte[BLOCK];
    boolean open = true;
    try (from) {
      for (int n = read(buffer); n >= 0; n = read(buffer)) {
        open = open && pass(buffer, n, to);
      }
    } catch (IOException ended) {
      // the program's side of the pipe is gone, which is its end
      return;
    }
  }

  private int read(byte[] buffer) throws IOException {
    readingSince = System.nanoTime();
    reading = true;
    int n = from.read(buffer);
    reading = false;
    return n;
  }

  /** Writes, and tells whether there still is somebody to write to. */
  static boolean pass(byte[] buffer, int length, OutputStream to) {
    try {
      to.write(buffer, 0, length);
      to.flush();
      return true;
    } catch (IOException gone) {
      return false;
    }
  }
}
