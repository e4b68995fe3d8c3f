package dev.slipway.core.checks;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.core.engine.Engine;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which sockets a container listens on, from {@code /proc/PID/net/tcp} and {@code tcp6} of its main
 * process. Where these cannot be read (the engine runs elsewhere) connecting has to tell.
 */
final class ListeningSockets {
  private static final Logger log = LoggerFactory.getLogger(ListeningSockets.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String LISTEN = "0A";
  private static final int CONNECT_MS = 1000;

  private final Engine engine;
  private final Path proc;

  ListeningSockets(Engine engine, Path proc) {
    this.engine = engine;
    this.proc = proc;
  }

  /** An address with its port; {@code 0.0.0.0} and {@code ::} mean all interfaces. */
  record Socket4Or6(String address, int port) {
    boolean isV6() {
      return address.contains(":");
    }

    boolean isOpenToAll() {
      return address.equals("0.0.0.0") || address.equals("::");
    }
  }

  /** Empty if they cannot be known. */
  Optional<List<Socket4Or6>> of(String containerId) {
    try {
      int pid =
          JSON.readTree(engine.inspectJson(containerId)).findPath("State").path("Pid").asInt(0);
      Path process = proc.resolve(Integer.toString(pid));
      if (pid <= 0 || !isOf(process, containerId)) {
        return Optional.empty();
      }
      List<Socket4Or6> all = new ArrayList<>();
      all.addAll(parse(Files.readAllLines(process.resolve("net/tcp"))));
      if (Files.isReadable(process.resolve("net/tcp6"))) {
        all.addAll(parse(Files.readAllLines(process.resolve("net/tcp6"))));
      }
      return Optional.of(all);
    } catch (IOException e) {
      log.debug("sockets not readable container={} reason={}", containerId, e.toString());
      return Optional.empty();
    }
  }

  /** The engine may count processes otherwise than this host; then the number means another one. */
  private static boolean isOf(Path process, String containerId) throws IOException {
    Path cgroup = process.resolve("cgroup");
    return Files.isReadable(cgroup) && Files.readString(cgroup).contains(containerId);
  }

  /** Whether something accepts connections there. */
  static boolean accepts(String address, int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(address, port), CONNECT_MS);
      return true;
    } catch (IOException refused) {
      return false;
    }
  }

  static List<Socket4Or6> parse(List<String> lines) {
    List<Socket4Or6> listening = new ArrayList<>();
    for (String line : lines) {
      String[] field = line.strip().split("\\s+");
      if (field.length > 3 && field[3].equals(LISTEN) && field[1].contains(":")) {
        String[] local = field[1].split(":", 2);
        listening.add(new Socket4Or6(address(local[0]), Integer.parseInt(local[1], 16)));
      }
    }
    return listening;
  }

  /** The kernel writes words of 32 bits in the host's byte order. */
  private static String address(String hex) {
    if (hex.length() == 8) {
      long word = Long.parseLong(hex, 16);
      return (word & 255)
          + "."
          + (word >> 8 & 255)
          + "."
          + (word >> 16 & 255)
          + "."
          + (word >> 24 & 255);
    }
    return hex.matches("0+") ? "::" : hex.equals("00000000000000000000000001000000") ? "::1" : hex;
  }
}
