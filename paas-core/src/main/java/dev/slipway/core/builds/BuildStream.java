package dev.slipway.core.builds;

import dev.slipway.core.output.ControlFilter;
import dev.slipway.core.output.SecretMask;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What a build says on its way to the caller and the log: without control sequences that leave
 * their line, then without secrets, so that no sequence can part one. Safe for use by many threads.
 */
final class BuildStream extends OutputStream {
  private final SecretMask mask;
  private final ControlFilter filter;
  private final Set<String> secrets = new LinkedHashSet<>();
  private final ReentrantLock lock = new ReentrantLock();

  BuildStream(OutputStream next) {
    this.mask = new SecretMask(next);
    this.filter = new ControlFilter(mask);
  }

  /** Masks these as well from now on. */
  void mask(Collection<String> more) throws IOException {
    lock.lock();
    try {
      if (secrets.addAll(more)) {
        mask.mask(secrets);
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    lock.lock();
    try {
      filter.write(bytes, offset, length);
    } finally {
      lock.unlock();
    }
  }

  /** Passes on what is held back; the stream it goes to stays open. */
  @Override
  public void close() throws IOException {
    lock.lock();
    try {
      mask.finish();
    } finally {
      lock.unlock();
    }
  }
}
