package dev.slipway.sshd;

import dev.slipway.core.call.ListenedTerminal;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The terminal of a session as the daemon's own code sees it. There is no pseudo terminal behind
 * it: line editing, echo and signal keys are done here, until somebody asks for raw keys, or a
 * program with a pseudo terminal of its own takes over. Safe for use by many threads.
 */
final class Console extends ListenedTerminal {
  private final AtomicInteger raw = new AtomicInteger();
  private final Keys keys = new Keys();
  private volatile @Nullable Guest guest;
  private volatile Runnable defaultAction = () -> {};

  /** A program that has taken over the terminal. */
  interface Guest {
    void keys(byte[] bytes, int length) throws IOException;

    void endOfInput() throws IOException;

    void resized(Size size);

    void signalled(String name);
  }

  Console(String type, int rows, int columns) {
    super(type, new Size(rows, columns));
  }

  @Override
  public Registration raw() {
    raw.incrementAndGet();
    return raw::decrementAndGet;
  }

  /** What to do at a signal that nobody listens for. */
  void onUnheardSignal(Runnable action) {
    defaultAction = action;
  }

  @Override
  public void resized(Size now) {
    Guest current = guest;
    if (current != null) {
      current.resized(now);
    }
    super.resized(now);
  }

  /** A signal that the client sent, or that a key stands for. */
  void signal(String name) {
    Guest current = guest;
    if (current != null) {
      current.signalled(name);
    } else if (!signalled(name)) {
      defaultAction.run();
    }
  }

  /** Hands the keys to a program until closed; those typed ahead first. */
  Registration takeOver(Guest program) throws IOException {
    byte[] ahead = keys.takeAll();
    program.keys(ahead, ahead.length);
    guest = program;
    if (keys.ended()) {
      program.endOfInput();
    }
    return () -> guest = null;
  }

  /** Passes on what the client types until it ends; runs on a thread of its own. */
  void attend(InputStream typed, OutputStream echo) {
    LineEditor editor = new LineEditor(keys, echo, this::signal);
    byte[] buffer = new byte[8192];
    try {
      for (int n = typed.read(buffer); n >= 0; n = typed.read(buffer)) {
        Guest current = guest;
        if (current != null) {
          current.keys(buffer, n);
        } else if (raw.get() > 0) {
          keys.put(buffer, n);
        } else {
          editor.type(buffer, n);
        }
      }
      Guest current = guest;
      if (current != null) {
        current.endOfInput();
      }
    } catch (IOException gone) {
      // the client or the program went away; no more keys, either way
      return;
    } finally {
      keys.end();
    }
  }

  /** What the daemon's own code reads. */
  InputStream input() {
    return keys;
  }

  /** Output for this terminal: line ends become what a terminal needs, unless it is raw. */
  OutputStream output(OutputStream channel) {
    return new FilterOutputStream(channel) {
      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        if (raw.get() > 0) {
          channel.write(bytes, offset, length);
          return;
        }
        int from = offset;
        for (int at = offset; at < offset + length; at++) {
          if (bytes[at] == '\n') {
            channel.write(bytes, from, at - from);
            channel.write('\r');
            from = at;
          }
        }
        channel.write(bytes, from, offset + length - from);
      }

      @Override
      public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
      }
    };
  }
}
