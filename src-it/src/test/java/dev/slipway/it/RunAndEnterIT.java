package dev.slipway.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * One-off commands in containers: exit codes, piped input that ends, bytes that stay what they are,
 * terminals.
 */
final class RunAndEnterIT {
  private static final int BYTES = 100 * 1024 * 1024;

  @SuppressWarnings("NullAway.Init") // JUnit calls start first
  private static Server server;

  @SuppressWarnings("NullAway.Init")
  private static String app;

  @BeforeAll
  static void start() {
    server = Server.launch();
    app = server.newApp("run");
    server.dokku("config:set", "--no-restart", app, "GREETING=two words").succeeded();
    Repository.of(server, app).push().succeeded();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void exitCodeStreamsAndEnvironmentOfARunPassThrough() {
    Ran ran =
        server.dokku("run", app, "sh", "-c", "echo out; echo err >&2; echo \"$GREETING\"; exit 42");
    assertThat(ran.status()).as(ran.all()).isEqualTo(42);
    assertThat(ran.out()).isEqualTo("out\ntwo words\n");
    assertThat(ran.err()).isEqualTo("err\n");
    assertThat(server.ssh("run", app, "false").status()).isEqualTo(1);
    assertThat(
            server
                .docker(
                    "ps",
                    "-aq",
                    "--filter",
                    "label=com.dokku.container-type=run",
                    "--filter",
                    "label=com.dokku.app-name=" + app)
                .out())
        .isEmpty();
  }

  @Test
  void aHundredMegabytesGoThroughARunAndBackUnchanged() throws Exception {
    byte[] bytes = new byte[BYTES];
    new Random(7).nextBytes(bytes);
    String sum = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));

    Ran counted = server.ssh(bytes, "run", app, "sha256sum").succeeded();
    assertThat(counted.out()).startsWith(sum);

    Ran back =
        Host.run(
                server.folder(),
                Map.of(),
                bytes,
                List.of(
                    "bash", "-c", "ssh -F me/ssh_config slipway run " + app + " cat | sha256sum"))
            .succeeded();
    assertThat(back.out()).startsWith(sum);
    Ran local =
        Host.run(
                server.folder(),
                server.variables(),
                bytes,
                List.of("bash", "-c", "dist/bin/dokku enter " + app + " web cat | sha256sum"))
            .succeeded();
    assertThat(local.out()).startsWith(sum);
  }

  @Test
  void enterRunsInTheLiveContainer() {
    assertThat(server.ssh("enter", app, "web", "hostname").succeeded().out().strip())
        .isEqualTo(
            Server.read(server.root().resolve(app).resolve("CONTAINER.web.1")).substring(0, 12));
    assertThat(server.dokku("enter", app, "web.1", "sh", "-c", "exit 7").status()).isEqualTo(7);
    assertThat(server.dokku("enter", app, "nosuch").err())
        .contains("Available types for app (" + app + "): web");
  }

  @Test
  void aTerminalOfTheClientIsOneInTheContainer() {
    Ran run =
        Host.run(
            server.folder(),
            Map.of("TERM", "xterm"),
            "tty; stty size; exit 3\n".getBytes(UTF_8),
            List.of(
                "script",
                "-qec",
                "stty rows 33 cols 101; ssh -tt -F me/ssh_config slipway run " + app + " bash",
                "/dev/null"));
    assertThat(run.status()).as(run.all()).isEqualTo(3);
    assertThat(run.out()).contains("/dev/pts/").contains("33 101");
  }

  @Test
  void theContainerOfAClientThatLeftGoes() {
    Process run =
        Host.start(server.folder(), Map.of(), server.sshWords("run", app, "sleep", "1000"));
    Host.await("the container runs", Duration.ofSeconds(30), () -> !runs().isEmpty());
    run.destroyForcibly();
    Host.await("the container goes", Duration.ofSeconds(30), () -> runs().isEmpty());
  }

  private static String runs() {
    return server
        .docker(
            "ps",
            "-q",
            "--filter",
            "label=com.dokku.container-type=run",
            "--filter",
            "label=com.dokku.app-name=" + app)
        .out();
  }
}
