package dev.slipway.core.builds;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Passes bytes on to the caller and to the log. Either may go away without the other noticing: a
 * caller who hung up, or a full disk. Safe for use by many threads.
 */
final class Tee extends OutputStream {
  private final OutputStream caller;
  private final OutputStream log;
  private final ReentrantLock lock = new ReentrantLock();
  private boolean callerGone;
  private boolean logGone;

  Tee(OutputStream caller, OutputStream log) {
    this.caller = caller;
    this.log = log;
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    lock.lock();
    try {
      logGone = logGone || !passed(log, bytes, offset, length);
      callerGone = callerGone || !passed(caller, bytes, offset, length);
    } finally {
      lock.unlock();
    }
  }

  private static boolean passed(OutputStream to, byte[] bytes, int offset, int length) {
    try {
      to.write(bytes, offset, length);
      to.flush();
      return true;
    } catch (IOException gone) {
      return false;
    }
  }
}
