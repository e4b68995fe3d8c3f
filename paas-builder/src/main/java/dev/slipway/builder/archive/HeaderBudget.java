package dev.slipway.builder.archive;

import dev.slipway.core.git.sources.RejectedArchive;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Keeps what stands between two entries from filling the memory: names can be of any length. */
final class HeaderBudget extends FilterInputStream {
  private static final int MOST = 1 << 18;

  private boolean inHeader;
  private long left;

  HeaderBudget(InputStream in) {
    super(in);
  }

  /** From here on headers are read. */
  void header() {
    inHeader = true;
    left = MOST;
  }

  /** From here on it is content, which nobody keeps in memory. */
  void content() {
    inHeader = false;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int n = super.read(buffer, offset, length);
    if (inHeader && n > 0) {
      left -= n;
      if (left < 0) {
        throw new RejectedArchive(
            "rejected_unsafe_name", "Archive contains entries whose names cannot be file names");
      }
    }
    return n;
  }

  @Override
  public long skip(long count) throws IOException {
    byte[] buffer = new byte[(int) Math.min(count, 1 << 13)];
    return count <= 0 ? 0 : Math.max(0, read(buffer, 0, buffer.length));
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
