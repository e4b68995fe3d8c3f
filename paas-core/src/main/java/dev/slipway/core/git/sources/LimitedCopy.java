package dev.slipway.core.git.sources;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Brings a stream to disk, block by block, and no more of it than is allowed. */
final class LimitedCopy {
  private static final int BLOCK = 1 << 16;

  private LimitedCopy() {}

  /**
   * @return how many bytes came
   * @throws RejectedArchive if there are more than {@code limit}
   */
  static long toFile(InputStream in, Path file, long limit) throws IOException {
    long total = 0;
    byte[] buffer = new byte[BLOCK];
    try (OutputStream out = Files.newOutputStream(file)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        total += n;
        if (total > limit) {
          throw RejectedArchive.tooLarge(limit);
        }
        out.write(buffer, 0, n);
      }
    }
    return total;
  }
}
