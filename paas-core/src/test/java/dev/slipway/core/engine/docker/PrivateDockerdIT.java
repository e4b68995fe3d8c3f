package dev.slipway.core.engine.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/**
 * The test helper keeps its promises. Needs root and the sample base image in the system's engine.
 */
class PrivateDockerdIT {
  private static final String IMAGE =
      System.getenv().getOrDefault("SLIPWAY_TEST_IMAGE", "slipway/sample-base:bookworm");
  private static final String SERVER =
      """
      import socket, os
      server = socket.create_server(("", 5000))
      while True:
          client, _ = server.accept()
          client.sendall(os.environ["NAME"].encode())
          client.close()
      """;

  @Test
  void keepsAChosenAddressAliveWhileTheEngineIsKilledAndLeavesNothingBehind() throws Exception {
    PrivateDockerd engine = PrivateDockerd.launch();
    try (engine) {
      engine.importImage(IMAGE);
      String subnet = Files.readString(engine.folder().resolve("subnet")).strip();
      String address = "10." + subnet + ".64.7";
      engine.docker(
          "network",
          "create",
          "--subnet",
          "10." + subnet + ".64.0/24",
          "--ip-range",
          "10." + subnet + ".64.128/25",
          "--opt",
          "com.docker.network.bridge.enable_icc=false",
          "route");
      engine.docker(
          "create",
          "--name",
          "one",
          "--env",
          "NAME=one",
          "--restart",
          "always",
          IMAGE,
          "python3",
          "-c",
          SERVER);
      engine.docker("network", "connect", "--ip", address, "route", "one");
      engine.docker("start", "one");
      assertThat(ask(address)).isEqualTo("one");

      engine.kill();
      assertThat(ask(address)).isEqualTo("one");

      engine.start();
      assertThat(ask(address)).isEqualTo("one");
      assertThat(engine.docker("ps", "--format", "{{.Names}}")).isEqualTo("one");
    }
    assertThat(engine.folder()).doesNotExist();
    assertThat(NetworkInterface.getByName(engine.bridge())).isNull();
  }

  /** What the server at port 5000 says, once it listens. */
  private static String ask(String address) throws IOException {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (true) {
      try (Socket socket = new Socket(address, 5000)) {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      } catch (IOException e) {
        if (System.nanoTime() > deadline) {
          throw e;
        }
        LockSupport.parkNanos(20_000_000);
      }
    }
  }
}
