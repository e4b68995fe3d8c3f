package dev.slipway.core.engine.docker;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/**
 * A socket that speaks HTTP and answers as a script says: properly, never, or by breaking off. What
 * no real engine can be made to do at will.
 */
final class FakeSocket implements AutoCloseable {
  /** Accepts the request and never answers. */
  static final String NEVER = "never";

  /** Closes the connection instead of answering. */
  static final String BREAK = "break";

  private final Path path;
  private final ServerSocketChannel server;
  private final Function<String, String> script;
  private final Queue<String> requests = new ConcurrentLinkedQueue<>();
  private final Queue<SocketChannel> connections = new ConcurrentLinkedQueue<>();

  private final boolean endless;

  private FakeSocket(Path path, Function<String, String> script, boolean endless)
      throws IOException {
    this.path = path;
    this.endless = endless;
    this.script = script;
    this.server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(path));
    Thread.ofVirtual().start(this::accept);
  }

  /**
   * @param script the answer to a request line such as {@code POST /v1.41/containers/create}, as
   *     status and JSON parted by a blank; asked for {@code /_ping} too
   */
  static FakeSocket open(Function<String, String> script) {
    return open(script, false);
  }

  /** The same, with an answer without text never coming to its end. */
  static FakeSocket endless(Function<String, String> script) {
    return open(script, true);
  }

  private static FakeSocket open(Function<String, String> script, boolean endless) {
    try {
      Path folder = Files.createTempDirectory("fake-engine");
      return new FakeSocket(folder.resolve("socket"), script, endless);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path path() {
    return path;
  }

  /** The request lines so far, pings left out. */
  List<String> requests() {
    return requests.stream().filter(each -> !each.contains("/_ping")).toList();
  }

  private void accept() {
    try {
      while (true) {
        SocketChannel connection = server.accept();
        connections.add(connection);
        Thread.ofVirtual().start(() -> serve(connection));
      }
    } catch (IOException closed) {
      // the test is over
    }
  }

  private void serve(SocketChannel connection) {
    try {
      InputStream in = Channels.newInputStream(connection);
      for (String head = head(in); !head.isEmpty(); head = head(in)) {
        in.readNBytes(length(head));
        String request = head.substring(0, head.indexOf(" HTTP/"));
        requests.add(request);
        String answer = script.apply(request);
        if (answer.equals(BREAK)) {
          connection.close();
          return;
        }
        if (!answer.equals(NEVER)) {
          answer(connection, answer);
        }
      }
      connection.close();
    } catch (IOException gone) {
      // the client gave up
    }
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    for (int next = in.read(); next >= 0; next = in.read()) {
      head.append((char) next);
      if (head.toString().endsWith("\r\n\r\n")) {
        return head.toString();
      }
    }
    return "";
  }

  private static int length(String head) {
    return head.lines()
        .filter(line -> line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:"))
        .mapToInt(line -> Integer.parseInt(line.substring(line.indexOf(':') + 1).strip()))
        .findFirst()
        .orElse(0);
  }

  private void answer(SocketChannel connection, String answer) throws IOException {
    String[] parts = answer.split(" ", 2);
    String text =
        "HTTP/1.1 "
            + parts[0]
            + " Said\r\nApi-Version: 1.41\r\nContent-Type: application/json\r\nContent-Length: "
            + (endless && parts[1].isEmpty() ? 1000 : parts[1].length())
            + "\r\n\r\n"
            + parts[1];
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(ISO_8859_1));
    while (bytes.hasRemaining()) {
      connection.write(bytes);
    }
  }

  /** Breaks off all connections, as an engine does that restarts. */
  void dropConnections() {
    connections.forEach(FakeSocket::close);
    connections.clear();
  }

  private static void close(SocketChannel connection) {
    try {
      connection.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      server.close();
      dropConnections();
      Files.deleteIfExists(path);
      Files.deleteIfExists(path.getParent());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
