package dev.slipway.proxy;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/** A plain client that does nothing by itself: no retry, no pool. */
final class Http implements AutoCloseable {
  private final Socket socket = new Socket();

  Http(int port) throws IOException {
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 5000);
    socket.setSoTimeout(10_000);
  }

  /** Status and body of a request over a connection of its own. */
  static String get(int port, String host) throws IOException {
    try (Http http = new Http(port)) {
      return http.get(host, "close");
    }
  }

  String get(String host, String connection) throws IOException {
    String request =
        "GET / HTTP/1.1\r\nHost: " + host + "\r\nConnection: " + connection + "\r\n\r\n";
    send(request);
    return answer();
  }

  void send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(US_ASCII));
  }

  String answer() throws IOException {
    InputStream in = new BufferedInputStream(socket.getInputStream());
    String status = line(in);
    int length = 0;
    for (String header = line(in); !header.isEmpty(); header = line(in)) {
      if (header.toLowerCase(java.util.Locale.ROOT).startsWith("content-length: ")) {
        length = Integer.parseInt(header.substring(16));
      }
    }
    String body = new String(in.readNBytes(length), US_ASCII);
    return status.split(" ", 3)[1] + " " + body;
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder text = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new IOException("connection closed");
      }
      if (c != '\r') {
        text.append((char) c);
      }
    }
    return text.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
