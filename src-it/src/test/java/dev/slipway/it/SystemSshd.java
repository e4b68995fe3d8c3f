package dev.slipway.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The machine's own sshd with a configuration of its own, on a free port of the loopback address.
 * It lets people in by the keys of a server, whose lines say what is run for them.
 */
final class SystemSshd implements AutoCloseable {
  /** The name by which the client's configuration knows it. */
  static final String HOST = "bridge";

  private final Server server;
  private final Path folder;
  private final int port;
  private final Process process;

  private SystemSshd(Server server, String user) throws IOException {
    this.server = server;
    this.folder = Files.createDirectories(server.folder().resolve("sshd"));
    try (ServerSocket socket = new ServerSocket(0)) {
      this.port = socket.getLocalPort();
    }
    Host.run("install", "-d", "-m", "0755", "/run/sshd").succeeded();
    Host.run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder + "/host_key").succeeded();
    Server.write(folder.resolve("sshd_config"), configuration());
    Server.write(log(), "");
    Server.write(server.root().resolve(".sshcommand"), server.launcher() + "\n");
    introduce(user);
    this.process =
        Host.start(
            folder,
            Map.of(),
            List.of("/usr/sbin/sshd", "-D", "-f", folder + "/sshd_config", "-E", log().toString()));
    Host.await(
        "sshd listens",
        Duration.ofSeconds(30),
        () -> Server.read(log()).contains("Server listening"));
  }

  /**
   * @param user the server's system user
   */
  static SystemSshd beside(Server server, String user) {
    try {
      return new SystemSshd(server, user);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The folder of a test lies in one that everybody may write, hence no strict modes. */
  private String configuration() {
    return """
        ListenAddress 127.0.0.1:%d
        HostKey %s/host_key
        PidFile none
        AuthorizedKeysFile %s/.ssh/authorized_keys
        StrictModes no
        PasswordAuthentication no
        KbdInteractiveAuthentication no
        UsePAM yes
        SetEnv SLIPWAY_SOCKET=%s
        """
        .formatted(port, folder, server.root(), server.variables().get("SLIPWAY_SOCKET"));
  }

  private void introduce(String user) throws IOException {
    Files.writeString(
        server.folder().resolve("me/ssh_config"),
        """
        Host %s
          HostName 127.0.0.1
          Port %d
          User %s
          IdentityFile %s/me/key
          IdentitiesOnly yes
          UserKnownHostsFile /dev/null
          StrictHostKeyChecking no
          LogLevel ERROR
        """
            .formatted(HOST, port, user, server.folder()),
        StandardCharsets.UTF_8,
        StandardOpenOption.APPEND);
  }

  private Path log() {
    return folder.resolve("sshd.log");
  }

  @Override
  public void close() {
    process.destroy();
  }
}
