package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Connections that never log in, against the whole daemon. Attack A9. */
@Tag(Soak.TAG)
final class IdleConnectionsIT {
  private static final int CONNECTIONS = Soak.size(300, 3000);

  /** A machine that runs all tests at once may be slow; the large form is for an idle one. */
  private static final Duration LOGIN = Duration.ofSeconds(Soak.size(10, 2));

  @AutoClose private static final Server server = Server.launch();

  @Test
  void aLoginSucceedsWhileThousandsOfConnectionsAreIdle() throws IOException {
    int port = Integer.parseInt(Server.read(portFile()).strip());
    server.ssh("version").succeeded();
    List<Socket> idle = new ArrayList<>();
    try {
      for (int i = 0; i < CONNECTIONS; i++) {
        idle.add(new Socket(InetAddress.getLoopbackAddress(), port));
      }
      for (int login = 0; login < 5; login++) {
        long start = System.nanoTime();
        server.ssh("version").succeeded();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LOGIN);
      }
    } finally {
      for (Socket each : idle) {
        each.close();
      }
    }
    server.ssh("version").succeeded();
  }

  private static Path portFile() {
    return server.folder().resolve("run/ssh.port");
  }
}
