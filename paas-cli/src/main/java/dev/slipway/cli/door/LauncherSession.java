package dev.slipway.cli.door;

import dev.slipway.cli.door.LauncherPresence.Held;
import dev.slipway.cli.door.LauncherWire.Frame;
import dev.slipway.core.text.ExactText;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StreamCorruptedException;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One call of a launcher whose request was read. {@link #serve} has to run on a thread of its own
 * (a virtual one will do); all else may be called by any thread and blocks while the launcher's
 * side does. Input is asked for only when somebody reads, so that a program run by {@link #run}
 * finds the rest.
 */
public final class LauncherSession {
  private final LauncherWire wire;
  private final LauncherPresence presence = new LauncherPresence();
  private final LauncherInput in;
  private final LauncherOutput out;
  private final LauncherOutput err;

  // guarded by the presence
  private boolean running;
  private LauncherProgram.@Nullable End end;

  public LauncherSession(LauncherWire wire) {
    this.wire = wire;
    this.in = new LauncherInput(wire, presence);
    this.out = new LauncherOutput(wire, presence, 'o', 1);
    this.err = new LauncherOutput(wire, presence, 'e', 2);
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
    try (Held _ = presence.hold()) {
      if (running) {
        throw new IllegalStateException("a program runs already");
      }
      running = true;
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
      presence.leave();
      events.gone();
    }
  }

  private void take(Frame frame, LauncherEvents events) throws IOException {
    byte[] payload = frame.payload();
    switch (frame.type()) {
      case 'i' -> in.take(payload, false);
      case 'I' -> in.take(payload, true);
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

  private void takeEnd(Frame frame) throws IOException {
    byte[] payload = frame.payload();
    try (Held _ = presence.hold()) {
      if (!running || end != null || payload.length < 4) {
        throw new StreamCorruptedException("end of a program that was not run");
      }
      String failure = ExactText.decode(Arrays.copyOfRange(payload, 4, payload.length));
      end = new LauncherProgram.End(LauncherWire.intAt(payload, 0), failure);
      presence.changed();
    }
  }

  private void takeLost(int descriptor, LauncherEvents events) throws IOException {
    switch (descriptor) {
      case 1 -> out.lose();
      case 2 -> err.lose();
      default -> throw new StreamCorruptedException("no such descriptor: " + descriptor);
    }
    events.lost(descriptor);
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
    try (Held _ = presence.hold()) {
      presence.await(() -> end != null);
      LauncherProgram.End result = Objects.requireNonNull(end);
      end = null;
      running = false;
      return result;
    }
  }
}
