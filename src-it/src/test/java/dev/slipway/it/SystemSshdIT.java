package dev.slipway.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Callers of the machine's own sshd: its forced command brings them to the daemon. */
final class SystemSshdIT {
  private static final Duration SOON = Duration.ofSeconds(60);

  @AutoClose private static final Server server = Server.launch();

  @AutoClose
  @SuppressWarnings("UnusedVariable") // the tests meet it by its port; JUnit closes it
  private static final SystemSshd sshd =
      SystemSshd.beside(server, server.variables().getOrDefault("DOKKU_SYSTEM_USER", "dokku"));

  private static Ran ssh(String... words) {
    List<String> command = server.sshWords(words);
    command.set(command.indexOf("slipway"), SystemSshd.HOST);
    return Host.run(server.folder(), Map.of(), new byte[0], command);
  }

  @Test
  void commandsArriveAsTheyWereTypedAndCarryTheKeysName() {
    String app = server.newApp("typed");
    ssh("config:set", "--no-restart", app, "GREETING='two  words; $HOME'").succeeded();

    Ran got = ssh("config:get", app, "GREETING");
    assertThat(got.succeeded().out()).isEqualTo("two  words; $HOME\n");
    assertThat(ssh("config:get", app, "MISSING").status()).isEqualTo(1);
    assertThat(ssh("nosuch:command").err()).contains("is not a dokku command");
    assertThat(ssh("apps:create", "'$(touch " + server.folder() + "/me/ran)'").status())
        .isNotZero();
    assertThat(server.folder().resolve("me/ran")).doesNotExist();
    assertThat(server.log()).containsPattern("key=\"admin\" [^\n]* command=\"config:get " + app);
  }

  @Test
  void aPushDeploysAndATerminalReachesTheContainer() {
    String app = server.newApp("bridged");
    Repository repository = Repository.of(server, app);

    Ran push = repository.git("push", SystemSshd.HOST + ":" + app, "master").succeeded();

    assertThat(push.all()).contains("remote: =====> Application deployed:");
    assertThat(server.get(app, "/").body()).isEqualTo("Hello, World!\n");
    Ran entered =
        Host.run(
            server.folder(),
            Map.of("TERM", "xterm"),
            "tty; stty size; exit 3\n".getBytes(UTF_8),
            List.of(
                "script",
                "-qec",
                "stty rows 33 cols 101; ssh -tt -F me/ssh_config "
                    + SystemSshd.HOST
                    + " enter "
                    + app
                    + " web bash",
                "/dev/null"));
    assertThat(entered.status()).as(entered.all()).isEqualTo(3);
    assertThat(entered.out()).contains("/dev/pts/").contains("33 101");
  }

  @Test
  void aClientThatIsKilledDoesNotStopThePush() throws Exception {
    String app = server.newApp("hangs-up");
    Repository repository = Repository.of(server, app);
    String dockerfile = Server.read(repository.folder().resolve("Dockerfile"));
    String commit =
        repository
            .write("Dockerfile", dockerfile + "RUN sleep 3\n")
            .write("page.txt", "Went on")
            .commit("Takes its time to build");
    Process push = repository.startGit("push", SystemSshd.HOST + ":" + app, "master");
    Host.await("the push builds", SOON, () -> server.dokku("apps:locked", app).status() == 0);

    push.descendants().forEach(ProcessHandle::destroyForcibly);
    push.destroyForcibly();

    Host.await("the deploy ends", SOON, () -> server.get(app, "/").body().equals("Went on\n"));
    Host.await(
        "the branch moves",
        SOON,
        () -> repository.git("ls-remote", "dokku", "refs/heads/master").out().contains(commit));
  }
}
