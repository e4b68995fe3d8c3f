package dev.slipway.core.engine.docker;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/**
 * Output of a container on one connection. Without a terminal each piece has a head of eight bytes:
 * the stream (1 output, 2 errors), three zeros, the length; with one the bytes are bare.
 */
final class Frames {
  private static final int HEAD = 8;
  private static final int ERRORS = 2;

  private Frames() {}

  /** The caller's side cannot be written any more. */
  static final class ReaderGone extends Exception {
    private static final long serialVersionUID = 1L;

    ReaderGone(IOException cause) {
      super(cause);
    }
  }

  /** Copies until the engine ends the stream. */
  static void copy(InputStream from, boolean raw, OutputStream out, OutputStream err)
      throws IOException, ReaderGone {
    byte[] buffer = new byte[65536];
    if (raw) {
      for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
        pass(buffer, n, out);
      }
      return;
    }
    byte[] head = new byte[HEAD];
    for (int n = from.readNBytes(head, 0, HEAD); n == HEAD; n = from.readNBytes(head, 0, HEAD)) {
      long length = ByteBuffer.wrap(head, 4, 4).getInt() & 0xffffffffL;
      copy(from, length, buffer, head[0] == ERRORS ? err : out);
    }
  }

  private static void copy(InputStream from, long length, byte[] buffer, OutputStream to)
      throws IOException, ReaderGone {
    long left = length;
    while (left > 0) {
      int n = from.read(buffer, 0, (int) Math.min(left, buffer.length));
      if (n < 0) {
        throw new EOFException("the engine's stream ends in the middle of a piece");
      }
      pass(buffer, n, to);
      left -= n;
    }
  }

  private static void pass(byte[] buffer, int length, OutputStream to) throws ReaderGone {
    try {
      to.write(buffer, 0, length);
      to.flush();
    } catch (IOException e) {
      throw new ReaderGone(e);
    }
  }
}
