package dev.slipway.sshd;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** What was typed and not read yet, bounded: a writer waits for room. Safe for many threads. */
final class Keys extends InputStream {
  private static final int MOST = 64 * 1024;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  // an empty one is an end of input that was typed, and is passed on once
  private final Deque<ByteBuffer> chunks = new ArrayDeque<>();
  private int size;
  private boolean ended;

  void put(byte[] bytes, int length) throws IOException {
    lock.lock();
    try {
      while (size > MOST && !ended) {
        changed.await();
      }
      add(bytes, length);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("passing on keys");
    } finally {
      lock.unlock();
    }
  }

  /** As {@link #put}, but never waits: what there is no room for is dropped. */
  boolean offer(byte[] bytes, int length) {
    lock.lock();
    try {
      boolean room = size <= MOST;
      if (room) {
        add(bytes, length);
      }
      return room;
    } finally {
      lock.unlock();
    }
  }

  private void add(byte[] bytes, int length) {
    chunks.add(ByteBuffer.wrap(Arrays.copyOf(bytes, length)));
    size += length;
    changed.signalAll();
  }

  /** Nothing will follow. */
  void end() {
    lock.lock();
    try {
      ended = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  boolean ended() {
    lock.lock();
    try {
      return ended;
    } finally {
      lock.unlock();
    }
  }

  /** All that has not been read. */
  byte[] takeAll() {
    lock.lock();
    try {
      ByteBuffer all = ByteBuffer.allocate(size);
      chunks.forEach(all::put);
      chunks.clear();
      size = 0;
      changed.signalAll();
      return all.array();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    lock.lock();
    try {
      while (chunks.isEmpty() && !ended) {
        changed.await();
      }
      ByteBuffer first = chunks.poll();
      if (first == null || !first.hasRemaining()) {
        return -1;
      }
      int n = Math.min(length, first.remaining());
      first.get(buffer, offset, n);
      if (first.hasRemaining()) {
        chunks.addFirst(first);
      }
      size -= n;
      changed.signalAll();
      return n;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("waiting for keys");
    } finally {
      lock.unlock();
    }
  }

  @Override
  public int available() {
    lock.lock();
    try {
      return size;
    } finally {
      lock.unlock();
    }
  }
}
