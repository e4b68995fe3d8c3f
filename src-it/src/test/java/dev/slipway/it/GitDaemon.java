package dev.slipway.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Serves repositories to whoever asks, at an address that containers reach. */
final class GitDaemon implements AutoCloseable {
  private final Process process;
  private final String address;
  private final int port;

  private GitDaemon(Process process, String address, int port) {
    this.process = process;
    this.address = address;
    this.port = port;
  }

  /** All repositories in a folder, {@code NAME/.git} and bare ones alike. */
  static GitDaemon over(Path folder) {
    String address =
        Host.run(
                "docker",
                "network",
                "inspect",
                "-f",
                "{{(index .IPAM.Config 0).Gateway}}",
                "bridge")
            .succeeded()
            .out()
            .strip();
    int port = freePort();
    Process process =
        Host.start(
            folder,
            Map.of(),
            List.of(
                "git",
                "-c",
                "safe.directory=*",
                "daemon",
                "--reuseaddr",
                "--export-all",
                "--base-path=" + folder,
                "--listen=" + address,
                "--port=" + port,
                folder.toString()));
    GitDaemon daemon = new GitDaemon(process, address, port);
    Host.await("git daemon listens", Duration.ofSeconds(20), daemon::listens);
    return daemon;
  }

  /** Where containers clone a repository of that folder from. */
  String url(String name) {
    return "git://" + address + ":" + port + "/" + name;
  }

  private boolean listens() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(address, port), 1000);
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
  }
}
