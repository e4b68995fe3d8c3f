package dev.slipway.proxy;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.slipway.core.store.DurableFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The number of the configuration. A small included file holds it; nginx answers the number that it
 * has loaded on a port of the loopback address. A port rather than a socket file: a file left over
 * by a killed nginx, or a run folder that is not there yet at boot, would keep nginx from starting.
 */
final class Generation {
  private static final Pattern WRITTEN = Pattern.compile("return 200 \"([0-9]+)\\\\n\"");
  private static final Pattern ANSWER = Pattern.compile("\r\n\r\n([0-9]+)\n$");
  private static final int LOWEST = 20_000;
  private static final int HIGHEST = 29_999;
  private static final int TIMEOUT_MILLIS = 2_000;

  private final Path file;
  private final Path portFile;
  private final int fixedPort;
  private final DurableFiles files;

  Generation(Path folder, int fixedPort, DurableFiles files) {
    this.file = folder.resolve("generation.conf");
    this.portFile = folder.resolve("status-port");
    this.fixedPort = fixedPort;
    this.files = files;
  }

  Path file() {
    return file;
  }

  /** The number on disk; 0 if there is none. */
  long written() {
    Matcher part = WRITTEN.matcher(files.read(file).orElse(""));
    return part.find() ? Long.parseLong(part.group(1)) : 0;
  }

  /** Writes the next number, for the next reload. */
  long next() {
    long next = written() + 1;
    write(next);
    return next;
  }

  void write(long number) {
    files.write(file, "return 200 \"" + number + "\\n\";\n", DurableFiles.READABLE);
  }

  /** The port, chosen once: free now, and below the range of outgoing connections. */
  int port() {
    if (fixedPort != 0) {
      return fixedPort;
    }
    String known = files.read(portFile).orElse("").strip();
    if (known.matches("[0-9]{1,5}")) {
      return Integer.parseInt(known);
    }
    int chosen = choose();
    files.write(portFile, chosen + "\n", DurableFiles.READABLE);
    return chosen;
  }

  private static int choose() {
    for (int attempt = 0; attempt < 1000; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST + 1);
      if (isFree(port)) {
        return port;
      }
    }
    throw new IllegalStateException("no free port between " + LOWEST + " and " + HIGHEST);
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }

  /** What the worker that takes a new connection has loaded; empty if nobody answers. */
  OptionalLong served() {
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), port()), TIMEOUT_MILLIS);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), US_ASCII);
      Matcher part = ANSWER.matcher(answer);
      return part.find() ? OptionalLong.of(Long.parseLong(part.group(1))) : OptionalLong.empty();
    } catch (IOException nobody) {
      return OptionalLong.empty();
    }
  }

  /** The file whose inclusion makes nginx answer. */
  String server() {
    return """
        server {
          listen 127.0.0.1:%d;
          access_log off;
          keepalive_timeout 0;
          default_type text/plain;
          location / {
            include %s;
          }
        }
        """
        .formatted(port(), ValueShape.quoted(file.toString()));
  }

  /** Makes the file if there is none, since nginx refuses to include what is missing. */
  void prepare() {
    if (files.read(file).isEmpty()) {
      write(1);
    }
  }
}
