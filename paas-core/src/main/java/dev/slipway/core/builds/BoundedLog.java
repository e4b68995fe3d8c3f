package dev.slipway.core.builds;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;

/**
 * A log that no build can fill the disk with: of what is beyond the limit only the end is kept,
 * behind a line that says so. Not safe for use by many threads.
 */
final class BoundedLog extends OutputStream {
  private static final int TAIL = 256 * 1024;

  private final OutputStream file;
  private long left;
  private long beyond;
  private byte[] tail = new byte[0];

  BoundedLog(OutputStream file, long limit) {
    this.file = file;
    this.left = limit;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    int direct = (int) Math.min(left, length);
    file.write(bytes, offset, direct);
    left -= direct;
    if (direct < length) {
      keep(bytes, offset + direct, length - direct);
    }
  }

  private void keep(byte[] bytes, int offset, int length) {
    if (tail.length == 0) {
      tail = new byte[TAIL];
    }
    int skipped = Math.max(0, length - TAIL);
    beyond += skipped;
    for (int i = offset + skipped; i < offset + length; i++) {
      tail[(int) (beyond % TAIL)] = bytes[i];
      beyond++;
    }
  }

  @Override
  public void flush() throws IOException {
    file.flush();
  }

  @Override
  public void close() throws IOException {
    try (file) {
      if (beyond > TAIL) {
        file.write(
            ("\n !     " + (beyond - TAIL) + " bytes of output are not kept here\n")
                .getBytes(UTF_8));
        int start = (int) (beyond % TAIL);
        file.write(tail, start, TAIL - start);
        file.write(tail, 0, start);
      } else if (beyond > 0) {
        file.write(tail, 0, (int) beyond);
      }
    }
  }
}
