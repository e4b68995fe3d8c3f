package dev.slipway.cli.door;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * The two directions of a socket as streams. An interrupted thread may still write: the channel
 * would close under it otherwise, and nobody could be told how the call ended.
 */
final class ChannelStreams {
  private final SocketChannel channel;

  ChannelStreams(SocketChannel channel) {
    this.channel = channel;
  }

  InputStream in() {
    return new In();
  }

  OutputStream out() {
    return new Out();
  }

  private final class In extends InputStream {
    private final ByteBuffer buffer = ByteBuffer.allocate(65536).flip();

    @Override
    public int read() throws IOException {
      return fill() ? buffer.get() & 0xff : -1;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      if (!fill()) {
        return -1;
      }
      int count = Math.min(length, buffer.remaining());
      buffer.get(to, offset, count);
      return count;
    }

    private boolean fill() throws IOException {
      if (!buffer.hasRemaining()) {
        buffer.clear();
        int count = channel.read(buffer);
        buffer.flip();
        return count > 0;
      }
      return true;
    }
  }

  private final class Out extends OutputStream {
    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
      boolean interrupted = Thread.interrupted();
      try {
        ByteBuffer bytes = ByteBuffer.wrap(from, offset, length);
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
      } finally {
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }
}
