package dev.slipway.cli.door;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StreamCorruptedException;
import org.jspecify.annotations.Nullable;

/**
 * Frames of the launcher's protocol: one byte type, four bytes length, payload. One thread may read
 * while many write: a frame is written whole.
 */
public final class LauncherWire {
  /** Bytes of payload that a frame holds at most. */
  public static final int MAX_PAYLOAD = 1024 * 1024;

  /** One frame. The payload is not copied: whoever makes it gives it away. */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  record Frame(char type, byte[] payload) {
    int length() {
      return payload.length;
    }
  }

  private final DataInputStream in;
  private final DataOutputStream out;
  private final Object writing = new Object();

  public LauncherWire(InputStream in, OutputStream out) {
    this.in = new DataInputStream(in);
    this.out = new DataOutputStream(out);
  }

  /**
   * The next frame, or null at the end of the stream.
   *
   * @throws EOFException if the stream ends within a frame
   * @throws StreamCorruptedException if the frame is larger than {@link #MAX_PAYLOAD}
   */
  @Nullable Frame read() throws IOException {
    int type = in.read();
    if (type < 0) {
      return null;
    }
    int length = in.readInt();
    if (length < 0 || length > MAX_PAYLOAD) {
      throw new StreamCorruptedException("frame of " + Integer.toUnsignedString(length) + " bytes");
    }
    byte[] payload = new byte[length];
    in.readFully(payload);
    return new Frame((char) type, payload);
  }

  void write(char type, byte... payload) throws IOException {
    write(type, payload, 0, payload.length);
  }

  void write(char type, byte[] from, int offset, int length) throws IOException {
    if (length > MAX_PAYLOAD) {
      throw new IllegalArgumentException("frame of " + length + " bytes");
    }
    byte[] frame = new byte[5 + length];
    frame[0] = (byte) type;
    System.arraycopy(ofInt(length), 0, frame, 1, 4);
    System.arraycopy(from, offset, frame, 5, length);
    synchronized (writing) {
      out.write(frame);
      out.flush();
    }
  }

  /** A number as the wire has it, four bytes, big-endian. */
  static byte[] ofInt(int value) {
    return new byte[] {
      (byte) (value >>> 24), (byte) (value >>> 16), (byte) (value >>> 8), (byte) value
    };
  }

  static int intAt(byte[] bytes, int offset) {
    return shortAt(bytes, offset) << 16 | shortAt(bytes, offset + 2);
  }

  static int shortAt(byte[] bytes, int offset) {
    return (bytes[offset] & 0xff) << 8 | (bytes[offset + 1] & 0xff);
  }
}
