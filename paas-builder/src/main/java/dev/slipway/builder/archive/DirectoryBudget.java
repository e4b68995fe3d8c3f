package dev.slipway.builder.archive;

import dev.slipway.core.git.sources.RejectedArchive;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;

/** Keeps the directory of a zip archive, which is read into memory at once, from filling it. */
final class DirectoryBudget implements SeekableByteChannel {
  private static final long PER_ENTRY = 256;
  private static final long BASE = 1 << 18;

  private final SeekableByteChannel channel;
  private final long entries;
  private long left;
  private boolean limited = true;

  DirectoryBudget(SeekableByteChannel channel, long entries) {
    this.channel = channel;
    this.entries = entries;
    this.left = BASE + Math.min(entries, Integer.MAX_VALUE) * PER_ENTRY;
  }

  /** The directory has been read. */
  void lift() {
    limited = false;
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    int n = channel.read(target);
    if (limited && n > 0) {
      left -= n;
      if (left < 0) {
        throw new RejectedArchive(
            "rejected_archive_too_many_files",
            "Archive contains more entries, or longer names, than fit the maximum of "
                + entries
                + " entries");
      }
    }
    return n;
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    throw new IOException("read only");
  }

  @Override
  public long position() throws IOException {
    return channel.position();
  }

  @Override
  public SeekableByteChannel position(long position) throws IOException {
    channel.position(position);
    return this;
  }

  @Override
  public long size() throws IOException {
    return channel.size();
  }

  @Override
  public SeekableByteChannel truncate(long size) throws IOException {
    throw new IOException("read only");
  }

  @Override
  public boolean isOpen() {
    return channel.isOpen();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
