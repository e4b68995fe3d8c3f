package dev.slipway.core.git.sources;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Breaks a transfer off that has been quiet for too long or takes too long altogether. */
public final class Watch implements AutoCloseable {
  private static final Duration STEP = Duration.ofMillis(250);

  private final FetchLimits limits;
  private final Runnable breakOff;
  private final long started = System.nanoTime();
  private final Thread thread;
  private volatile long lastSign = System.nanoTime();
  private volatile boolean broken;
  private boolean closed;
  private volatile BooleanSupplier other = () -> false;

  private Watch(FetchLimits limits, Runnable breakOff) {
    this.limits = limits;
    this.breakOff = breakOff;
    this.thread = Thread.ofVirtual().name("fetch-watch").unstarted(this::look);
  }

  public static Watch over(FetchLimits limits, Runnable breakOff) {
    Watch watch = new Watch(limits, breakOff);
    watch.thread.start();
    return watch;
  }

  /** Breaks off for another reason too; asked four times a second. */
  public void alsoUnless(BooleanSupplier reason) {
    other = reason;
  }

  /** Whether it was broken off. */
  public boolean isBroken() {
    return broken;
  }

  /** Something came. */
  public void sign() {
    lastSign = System.nanoTime();
  }

  /** The same stream; each read that brings something is a sign. */
  InputStream watched(InputStream in) {
    return new FilterInputStream(in) {
      @Override
      public int read(byte[] buffer, int offset, int length) throws IOException {
        int n;
        try {
          n = super.read(buffer, offset, length);
        } catch (IOException e) {
          throw broken ? new IOException(limits.inWords(), e) : e;
        }
        if (broken) {
          throw new IOException(limits.inWords());
        }
        sign();
        return n;
      }
    };
  }

  private void look() {
    try {
      while (!isOver()) {
        Thread.sleep(STEP);
      }
      breakOffUnlessClosed();
    } catch (InterruptedException done) {
      return;
    }
  }

  private synchronized void breakOffUnlessClosed() {
    if (!closed) {
      broken = true;
      breakOff.run();
    }
  }

  private boolean isOver() {
    long now = System.nanoTime();
    return now - lastSign > limits.quiet().toNanos()
        || now - started > limits.overall().toNanos()
        || other.getAsBoolean();
  }

  @Override
  public synchronized void close() {
    closed = true;
    thread.interrupt();
  }
}
