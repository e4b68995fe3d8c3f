package dev.slipway.core.output;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;

/**
 * Carries the text of an operation to its caller by a thread of its own, so that a caller who does
 * not read holds up neither the operation nor those who wait for its locks. What does not fit is
 * left out, whole lines of it; once the caller reads again, one line says so in its place. A caller
 * who went away is no error: what is written then is dropped. Where {@code out} is {@link
 * Backlogged} itself, what waits farther down counts as well. Safe for use by many threads.
 */
public final class Delivery implements AutoCloseable {
  private static final int BLOCK = 65536;
  private static final Duration LOOK_AGAIN = Duration.ofMillis(50);
  private static final Duration HURRY = Duration.ofSeconds(5);

  private final DeliveryLimits limits;
  private final LongFunction<String> notice;
  private final LongSupplier fartherDown;
  private final Lane out;
  private final Lane err;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  // guarded by lock
  private final Deque<Piece> queue = new ArrayDeque<>();
  private long waiting; // bytes in the queue and in the hands of the thread
  private long lastFartherDown;
  private long aliveAt = System.nanoTime();
  private long patienceLeft;
  private long leftOut;
  private boolean leavingOut;
  private boolean started;
  private boolean closed;
  private boolean hurried;
  private boolean over;

  /**
   * @param err where the notice stands; the same stream as {@code out} where both are one
   * @param notice the line, without its end, for so many bytes left out
   */
  public Delivery(
      OutputStream out, OutputStream err, DeliveryLimits limits, LongFunction<String> notice) {
    this.limits = limits;
    this.notice = notice;
    this.fartherDown = out instanceof Backlogged other ? other::behind : () -> 0;
    this.patienceLeft = limits.patienceInAll().toNanos();
    this.out = new Lane(out);
    this.err = out.equals(err) ? this.out : new Lane(err);
  }

  public OutputStream out() {
    return out;
  }

  public OutputStream err() {
    return err;
  }

  /**
   * Takes no more, and returns when all is delivered or the caller is gone; also when the thread is
   * interrupted, or the caller does not read though {@link #hurry} was called. Waits for the
   * caller, so it is to be called without locks.
   */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
      while (started && !over && patienceAtTheEnd() > 0) {
        changed.await(patienceAtTheEnd(), TimeUnit.NANOSECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  private long patienceAtTheEnd() {
    return hurried ? Math.min(patience(limits.patience()), patience(HURRY)) : Long.MAX_VALUE;
  }

  /** From now on {@link #close} has no more patience than the limits say. */
  public void hurry() {
    lock.lock();
    try {
      hurried = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** One direction; its fields are guarded by the lock. */
  private final class Lane extends OutputStream implements Backlogged {
    private final OutputStream target;
    private boolean midLine;
    private boolean skipping;

    Lane(OutputStream target) {
      this.target = target;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
      lock.lock();
      try {
        if (closed) {
          throw new IOException("the operation has ended");
        }
        for (int at = 0; at < length && !over; at += BLOCK) {
          take(from, offset + at, Math.min(BLOCK, length - at));
        }
      } finally {
        lock.unlock();
      }
    }

    @Override
    public long behind() {
      lock.lock();
      try {
        return waiting + fartherDown.getAsLong();
      } finally {
        lock.unlock();
      }
    }

    private void take(byte[] from, int offset, int length) {
      if (!hasRoom(length)) {
        skipping = from[offset + length - 1] != '\n';
        leftOut += length;
        wake();
        return;
      }
      int skipped = skip(from, offset, length);
      if (skipped < length) {
        add(new Piece(this, Arrays.copyOfRange(from, offset + skipped, offset + length)));
        midLine = from[offset + length - 1] != '\n';
      }
    }

    /** How much belongs to a line whose beginning was left out. */
    private int skip(byte[] from, int offset, int length) {
      int end = 0;
      while (skipping && end < length) {
        skipping = from[offset + end] != '\n';
        end++;
      }
      return end;
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  private record Piece(Lane lane, byte[] bytes) {}

  private void add(Piece piece) {
    if (waiting == 0) {
      alive();
    }
    queue.add(piece);
    waiting += piece.bytes().length;
    wake();
  }

  /** The thread looks at what there is to say now, text or a notice. */
  private void wake() {
    if (!started) {
      started = true;
      Thread.ofVirtual().name("delivery").start(this::deliver);
    }
    changed.signalAll();
  }

  /** Waits for room within the limits; without it all is left out until all else is delivered. */
  private boolean hasRoom(int length) {
    try {
      while (!over && !leavingOut && isFull(length)) {
        long before = System.nanoTime();
        long patience = Math.min(patience(limits.patience()), patienceLeft);
        leavingOut = patience <= 0;
        changed.await(Math.min(patience, LOOK_AGAIN.toNanos()), TimeUnit.NANOSECONDS);
        patienceLeft -= System.nanoTime() - before;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      leavingOut = true;
    }
    return !over && !leavingOut;
  }

  private boolean isFull(int length) {
    long all = waiting + fartherDown();
    return all > 0 && all + length > limits.capacity();
  }

  /** Looks at the one farther down; if there it goes on, somebody reads. */
  private long fartherDown() {
    long now = fartherDown.getAsLong();
    if (now < lastFartherDown) {
      aliveAt = System.nanoTime();
    }
    lastFartherDown = now;
    return now;
  }

  /** What we could pass on proves a reader only where nothing waits farther down. */
  private void alive() {
    if (fartherDown() == 0) {
      aliveAt = System.nanoTime();
    }
  }

  /** How long the one who reads may still take for what he is offered now, in nanoseconds. */
  private long patience(Duration limit) {
    return aliveAt + limit.toNanos() - System.nanoTime();
  }

  private void deliver() {
    try {
      for (Optional<Piece> next = next(); next.isPresent(); next = next()) {
        next.get().lane().target.write(next.get().bytes());
        next.get().lane().target.flush();
        delivered(next.get().bytes().length);
      }
    } catch (IOException | InterruptedException gone) {
      // the caller went away; what he would have read is dropped
      return;
    } finally {
      end();
    }
  }

  /** The next bytes of one lane, as many as there are; empty at the end. */
  private Optional<Piece> next() throws InterruptedException {
    lock.lock();
    try {
      while (queue.isEmpty() && !closed && !isCaughtUp()) {
        changed.await(leftOut > 0 ? LOOK_AGAIN.toNanos() : Long.MAX_VALUE, TimeUnit.NANOSECONDS);
      }
      if (queue.isEmpty() && leftOut > 0) {
        sayWhatIsMissing();
      }
      return queue.isEmpty() ? Optional.empty() : Optional.of(merged());
    } finally {
      lock.unlock();
    }
  }

  /** Whether the caller has everything but what was left out. */
  private boolean isCaughtUp() {
    return queue.isEmpty() && leftOut > 0 && fartherDown() == 0;
  }

  private void sayWhatIsMissing() {
    String line = (err.midLine ? "\n" : "") + notice.apply(leftOut) + "\n";
    leftOut = 0;
    leavingOut = false;
    err.midLine = false;
    add(new Piece(err, line.getBytes(UTF_8)));
  }

  private Piece merged() {
    Piece first = queue.remove();
    if (queue.isEmpty()) {
      return first;
    }
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(first.bytes());
    while (!queue.isEmpty()
        && queue.peek().lane() == first.lane()
        && all.size() + queue.peek().bytes().length <= BLOCK) {
      all.writeBytes(queue.remove().bytes());
    }
    return new Piece(first.lane(), all.toByteArray());
  }

  private void delivered(int bytes) {
    lock.lock();
    try {
      waiting -= bytes;
      alive();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void end() {
    lock.lock();
    try {
      over = true;
      queue.clear();
      waiting = 0;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
