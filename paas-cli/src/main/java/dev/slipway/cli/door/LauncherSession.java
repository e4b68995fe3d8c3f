package dev.slipway.cli.door;

import dev.slipway.cli.door.LauncherWire.Frame;
import dev.slipway.core.text.ExactText;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.StreamCorruptedException;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One call of a launcher whose request was read. {@link #serve} has to run on a thread of its own
 * (a virtual one will do); all else may be called by any thread and blocks while the launcher's
 * side does. Input is asked for only when somebody reads, so that a program run by {@link #run}
 * finds the rest.
 */
public final class LauncherSession {
  private static final int CHUNK = 64 * 1024;

  private final LauncherWire wire;
  private final InputStream in = new Input();
  private final OutputStream out = new Output('o', 1);
  private final OutputStream err = new Output('e', 2);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  // guarded by lock
  private byte[] input = {};
  private int inputAt;
  private boolean pulled;
  private boolean inputOver;
  private boolean running;
  private LauncherProgram.@Nullable End end;
  private final boolean[] lost = new boolean[3];
  private boolean gone;

  public LauncherSession(LauncherWire wire) {
    this.wire = wire;
  }

  /** Standard input of the caller. Closing it tells the writer that nobody reads any more. */
  public InputStream in() {
    return in;
  }

  /** Standard output of the caller; {@code close} ends it, while the call goes on. */
  public OutputStream out() {
    return out;
  }

  /** Standard error of the caller; {@code close} ends it, while the call goes on. */
  public OutputStream err() {
    return err;
  }

  /** Raw mode of the caller's terminal; nothing happens if standard input is none. */
  public void raw(boolean on) throws IOException {
    wire.write('r', (byte) (on ? 1 : 0));
  }

  /**
   * Runs a program with the launcher's descriptors, after everything written so far, and waits for
   * its end. When the caller is interrupted the program runs on, and no other can be started.
   *
   * @throws IOException if the launcher has left
   */
  public LauncherProgram.End run(LauncherProgram program) throws IOException {
    byte[] payload = program.payload();
    lock.lock();
    try {
      if (running) {
        throw new IllegalStateException("a program runs already");
      }
      running = true;
    } finally {
      lock.unlock();
    }
    send(payload);
    return awaitEnd();
  }

  /**
   * Ends the launcher with this exit status, 0 to 255. Everything written before gets out first.
   */
  public void exit(int status) throws IOException {
    wire.write('q', LauncherWire.ofInt(status));
  }

  /**
   * Takes what the launcher sends until it leaves.
   *
   * @throws IOException if it says what the protocol does not know; the session is over then
   */
  public void serve(LauncherEvents events) throws IOException {
    try {
      Frame frame = wire.read();
      while (frame != null) {
        take(frame, events);
        frame = wire.read();
      }
    } finally {
      leave();
      events.gone();
    }
  }

  private void take(Frame frame, LauncherEvents events) throws IOException {
    byte[] payload = frame.payload();
    switch (frame.type()) {
      case 'i' -> takeInput(payload, false);
      case 'I' -> takeInput(payload, true);
      case 'X' -> takeEnd(frame);
      case 'w' -> {
        LauncherRequest.expect(frame, 4);
        events.resize(LauncherWire.shortAt(payload, 0), LauncherWire.shortAt(payload, 2));
      }
      case 's' -> events.signal(LauncherRequest.expect(frame, 1)[0] & 0xff);
      case 'k' -> takeLost(LauncherRequest.expect(frame, 1)[0], events);
      default -> throw new StreamCorruptedException("unknown frame " + (int) frame.type());
    }
  }

  private void takeInput(byte[] bytes, boolean over) throws IOException {
    lock.lock();
    try {
      if (!pulled || (bytes.length == 0) != over) {
        throw new StreamCorruptedException("input that nobody asked for");
      }
      if (!inputOver) { // else closed meanwhile
        input = bytes;
        inputAt = 0;
        inputOver = over;
      }
      pulled = false;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void takeEnd(Frame frame) throws IOException {
    byte[] payload = frame.payload();
    lock.lock();
    try {
      if (!running || end != null || payload.length < 4) {
        throw new StreamCorruptedException("end of a program that was not run");
      }
      String failure = ExactText.decode(Arrays.copyOfRange(payload, 4, payload.length));
      end = new LauncherProgram.End(LauncherWire.intAt(payload, 0), failure);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void takeLost(int descriptor, LauncherEvents events) throws IOException {
    if (descriptor != 1 && descriptor != 2) {
      throw new StreamCorruptedException("no such descriptor: " + descriptor);
    }
    lock.lock();
    try {
      lost[descriptor] = true;
    } finally {
      lock.unlock();
    }
    events.lost(descriptor);
  }

  private void leave() {
    lock.lock();
    try {
      gone = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void send(byte[] payload) throws IOException {
    int at = 0;
    while (payload.length - at > LauncherWire.MAX_PAYLOAD) {
      wire.write('y', payload, at, LauncherWire.MAX_PAYLOAD);
      at += LauncherWire.MAX_PAYLOAD;
    }
    wire.write('x', payload, at, payload.length - at);
  }

  private LauncherProgram.End awaitEnd() throws IOException {
    lock.lock();
    try {
      await(() -> end != null);
      LauncherProgram.End result = Objects.requireNonNull(end);
      end = null;
      running = false;
      return result;
    } finally {
      lock.unlock();
    }
  }

  /** With the lock held. */
  private void await(BooleanSupplier condition) throws IOException {
    while (!condition.getAsBoolean()) {
      if (gone) {
        throw new IOException("the launcher went away");
      }
      try {
        changed.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw (IOException) new InterruptedIOException("interrupted").initCause(e);
      }
    }
  }

  /**
   * Asks for no more than the reader wants now; an interrupted read leaves its answer to the next
   * one.
   */
  private final class Input extends InputStream {
    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
      Objects.checkFromIndexSize(offset, length, to.length);
      if (length > 0 && mustPull()) {
        wire.write('p', LauncherWire.ofInt(Math.min(length, CHUNK)));
      }
      lock.lock();
      try {
        await(() -> length == 0 || inputAt < input.length || inputOver);
        if (length > 0 && inputAt == input.length) {
          return -1;
        }
        int count = Math.min(length, input.length - inputAt);
        System.arraycopy(input, inputAt, to, offset, count);
        inputAt += count;
        return count;
      } finally {
        lock.unlock();
      }
    }

    private boolean mustPull() {
      lock.lock();
      try {
        if (pulled || gone || inputOver || inputAt < input.length) {
          return false;
        }
        pulled = true;
        return true;
      } finally {
        lock.unlock();
      }
    }

    @Override
    public int available() {
      lock.lock();
      try {
        return input.length - inputAt;
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void close() throws IOException {
      lock.lock();
      try {
        if (inputOver) {
          return;
        }
        inputOver = true;
      } finally {
        lock.unlock();
      }
      wire.write('c', (byte) 0);
    }
  }

  private final class Output extends OutputStream {
    private final char type;
    private final int descriptor;
    private boolean closed; // guarded by lock

    Output(char type, int descriptor) {
      this.type = type;
      this.descriptor = descriptor;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
      Objects.checkFromIndexSize(offset, length, from.length);
      for (int at = 0; at < length; at += CHUNK) {
        check();
        wire.write(type, from, offset + at, Math.min(CHUNK, length - at));
      }
    }

    private void check() throws IOException {
      lock.lock();
      try {
        if (closed || lost[descriptor] || gone) {
          throw new IOException(
              "nobody reads descriptor " + descriptor + " of the caller any more");
        }
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void close() throws IOException {
      lock.lock();
      try {
        if (closed || gone) {
          return;
        }
        closed = true;
      } finally {
        lock.unlock();
      }
      wire.write('c', (byte) descriptor);
    }
  }
}
