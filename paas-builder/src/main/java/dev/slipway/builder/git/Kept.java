package dev.slipway.builder.git;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Keeps what a program prints, up to a limit, and tells that it printed. */
final class Kept extends OutputStream {
  private static final int MOST = 8 << 20;

  private final ByteArrayOutputStream kept;
  private final Runnable sign;

  Kept(ByteArrayOutputStream kept, Runnable sign) {
    this.kept = kept;
    this.sign = sign;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] buffer, int offset, int length) throws IOException {
    sign.run();
    int room = Math.min(length, MOST - kept.size());
    if (room > 0) {
      kept.write(buffer, offset, room);
    }
  }
}
