package dev.slipway.core.engine.docker;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection that the engine has turned from HTTP into a raw stream in both directions. Nothing
 * is sent before the engine's {@code 101}: earlier bytes get lost. One thread may read while
 * another writes; interrupting either closes the connection.
 */
final class HijackedConnection implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HijackedConnection.class);
  private static final int HEAD_LIMIT = 65536;

  private final SocketChannel channel;

  private HijackedConnection(SocketChannel channel) {
    this.channel = channel;
  }

  /**
   * @param target with the version in front
   * @throws Refused with the engine's words if it does not switch
   */
  static HijackedConnection open(Path socket, String target, byte[] body) throws IOException {
    SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
    try {
      send(channel, target, body);
      String head = head(channel);
      int status = status(head);
      if (status != 101) {
        throw new Refused(status, EngineApi.words(rest(channel, head)));
      }
      return new HijackedConnection(channel);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static void send(SocketChannel channel, String target, byte[] body) throws IOException {
    String head =
        "POST "
            + target
            + " HTTP/1.1\r\nHost: docker\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n"
            + "Content-Type: application/json\r\nContent-Length: "
            + body.length
            + "\r\n\r\n";
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    request.writeBytes(head.getBytes(ISO_8859_1));
    request.writeBytes(body);
    writeAll(channel, ByteBuffer.wrap(request.toByteArray()));
  }

  private static void writeAll(SocketChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** Reads up to the empty line byte by byte, so that nothing of the stream is swallowed. */
  private static String head(SocketChannel channel) throws IOException {
    ByteBuffer one = ByteBuffer.allocate(1);
    StringBuilder head = new StringBuilder();
    while (head.length() < HEAD_LIMIT) {
      one.clear();
      if (channel.read(one) < 0) {
        throw new IOException("the engine closed the connection instead of answering");
      }
      head.append((char) (one.get(0) & 0xff));
      int length = head.length();
      if (length >= 4 && head.substring(length - 4).equals("\r\n\r\n")) {
        return head.toString();
      }
    }
    throw new IOException("the engine's answer has no end");
  }

  private static int status(String head) throws IOException {
    String[] words = head.split(" ", 3);
    if (words.length < 3 || !words[1].matches("[0-9]{3}")) {
      throw new IOException("the engine's answer is not HTTP");
    }
    return Integer.parseInt(words[1]);
  }

  private static byte[] rest(SocketChannel channel, String head) throws IOException {
    for (String line : head.toLowerCase(Locale.ROOT).split("\r\n")) {
      if (line.startsWith("content-length:")) {
        int length = Integer.parseInt(line.substring(line.indexOf(':') + 1).strip());
        return Channels.newInputStream(channel).readNBytes(Math.min(length, HEAD_LIMIT));
      }
    }
    return new byte[0];
  }

  InputStream in() {
    return Channels.newInputStream(channel);
  }

  OutputStream out() {
    return Channels.newOutputStream(channel);
  }

  /** Tells the other side that no more comes; reading goes on. */
  void endOutput() throws IOException {
    channel.shutdownOutput();
  }

  /** For a connection that nobody wants any more. */
  void closeQuietly() {
    try {
      channel.close();
    } catch (IOException e) {
      LOG.debug("closing a connection to the engine", e);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
