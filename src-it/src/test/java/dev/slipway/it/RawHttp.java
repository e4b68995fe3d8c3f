package dev.slipway.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/** One request over a connection of its own, with whatever {@code Host} is wanted. */
final class RawHttp {
  private static final int MILLIS = 30_000;

  private RawHttp() {}

  /**
   * @param status 0 where the connection ended without an answer
   */
  record Answer(int status, String head, String body) {}

  static Answer get(int port, String host, String path) throws IOException {
    try (Socket socket = new Socket()) {
      socket.setSoTimeout(MILLIS);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), MILLIS);
      String request =
          "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(UTF_8));
      return parse(new String(socket.getInputStream().readAllBytes(), UTF_8));
    }
  }

  private static Answer parse(String text) {
    int end = text.indexOf("\r\n\r\n");
    if (end < 0) {
      return new Answer(0, text, "");
    }
    String head = text.substring(0, end);
    return new Answer(Integer.parseInt(head.split(" ")[1]), head, text.substring(end + 4));
  }
}
