package dev.slipway.cli.door;

import dev.slipway.cli.door.LauncherPresence.Held;
import java.io.IOException;
import java.io.InputStream;
import java.io.StreamCorruptedException;
import java.util.Objects;

/**
 * Standard input of a launcher's caller. Asks for no more than the reader wants now; an interrupted
 * read leaves its answer to the next one.
 */
final class LauncherInput extends InputStream {
  private static final int CHUNK = 64 * 1024;

  private final LauncherWire wire;
  private final LauncherPresence presence;
  // guarded by the presence
  private byte[] input = {};
  private int inputAt;
  private boolean pulled;
  private boolean inputOver;

  LauncherInput(LauncherWire wire, LauncherPresence presence) {
    this.wire = wire;
    this.presence = presence;
  }

  /**
   * The launcher sent what was asked for.
   *
   * @param over whether there is no more
   */
  void take(byte[] bytes, boolean over) throws IOException {
    try (Held _ = presence.hold()) {
      if (!pulled || (bytes.length == 0) != over) {
        throw new StreamCorruptedException("input that nobody asked for");
      }
      if (!inputOver) { // else closed meanwhile
        input = bytes;
        inputAt = 0;
        inputOver = over;
      }
      pulled = false;
      presence.changed();
    }
  }

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
    try (Held _ = presence.hold()) {
      presence.await(() -> length == 0 || inputAt < input.length || inputOver);
      if (length > 0 && inputAt == input.length) {
        return -1;
      }
      int count = Math.min(length, input.length - inputAt);
      System.arraycopy(input, inputAt, to, offset, count);
      inputAt += count;
      return count;
    }
  }

  private boolean mustPull() {
    try (Held _ = presence.hold()) {
      if (pulled || presence.gone() || inputOver || inputAt < input.length) {
        return false;
      }
      pulled = true;
      return true;
    }
  }

  @Override
  public int available() {
    try (Held _ = presence.hold()) {
      return input.length - inputAt;
    }
  }

  @Override
  public void close() throws IOException {
    try (Held _ = presence.hold()) {
      if (inputOver) {
        return;
      }
      inputOver = true;
    }
    wire.write('c', (byte) 0);
  }
}
