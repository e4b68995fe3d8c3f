package dev.slipway.cli.door;

import dev.slipway.cli.door.LauncherPresence.Held;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;

/** Standard output or error of a launcher's caller. */
final class LauncherOutput extends OutputStream {
  private static final int CHUNK = 64 * 1024;

  private final LauncherWire wire;
  private final LauncherPresence presence;
  private final char type;
  private final int descriptor;
  // guarded by the presence
  private boolean closed;
  private boolean lost;

  /**
   * @param type of the frames that carry it
   */
  LauncherOutput(LauncherWire wire, LauncherPresence presence, char type, int descriptor) {
    this.wire = wire;
    this.presence = presence;
    this.type = type;
    this.descriptor = descriptor;
  }

  /** Nobody reads it any more. */
  void lose() {
    try (Held _ = presence.hold()) {
      lost = true;
    }
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
    try (Held _ = presence.hold()) {
      if (closed || lost || presence.gone()) {
        throw new IOException("nobody reads descriptor " + descriptor + " of the caller any more");
      }
    }
  }

  @Override
  public void close() throws IOException {
    try (Held _ = presence.hold()) {
      if (closed || presence.gone()) {
        return;
      }
      closed = true;
    }
    wire.write('c', (byte) descriptor);
  }
}
