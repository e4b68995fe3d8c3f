package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Deploys that fail, processes that are scaled, stopped and lost, a daemon that is killed. */
final class SchedulerIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @AutoClose private static final Server server = Server.launch();

  private static void awaitRunning(String app, List<String> names) {
    Host.await("only " + names + " run", PATIENCE, () -> server.running(app).equals(names));
  }

  @Test
  void aReleaseThatFailsItsChecksNeverServes() {
    String app = server.newApp("bad");
    Repository repository = Repository.of(server, app);
    repository.push().succeeded();

    repository.write("mode.txt", "crash").commit("Dies at its start");
    try (Load load = Load.on(server, app, 2)) {
      Ran push = repository.push().failed();
      assertThat(push.all())
          .contains("Could not start due to")
          .contains("this version dies at its start, on purpose")
          .contains("pre-receive hook declined");
      load.close();
      assertThat(load.failures()).isEmpty();
    }
    assertThat(server.running(app)).containsExactly(app + ".web.1");

    repository
        .write("mode.txt", "broken")
        .write(
            "app.json",
            "{\"healthchecks\":{\"web\":[{\"type\":\"startup\",\"name\":\"page\",\"path\":\"/\","
                + "\"attempts\":1}]}}")
        .commit("Answers 500");
    Ran push = repository.push().failed();
    assertThat(push.all())
        .contains("Failure in name='page': unexpected status code: 500")
        .contains("=====> Start healthcheck output")
        .contains("broken on purpose");
    assertThat(server.get(app, "/").body()).isEqualTo("Hello, World!\n");
    assertThat(server.running(app)).containsExactly(app + ".web.1");
  }

  @Test
  void processesScaleStopAndStart() {
    String app = server.newApp("scale");
    Repository repository = Repository.of(server, app);
    repository
        .write("Procfile", "web: python3 web.py\nminion: sh -c 'while true; do sleep 1; done'\n")
        .commit("Two process types");
    repository.push().succeeded();

    server.dokku("ps:scale", app, "web=2", "minion=1").succeeded();
    awaitRunning(app, List.of(app + ".minion.1", app + ".web.1", app + ".web.2"));
    try (Load load = Load.on(server, app, 2)) {
      server.dokku("config:set", app, "COLOUR=green").succeeded();
      assertThat(server.get(app, "/env").body()).contains("\"COLOUR\": \"green\"");
      server.dokku("ps:restart", app).succeeded();
      load.close();
      assertThat(load.failures()).isEmpty();
    }
    server.dokku("ps:scale", app, "web=1", "minion=0").succeeded();
    awaitRunning(app, List.of(app + ".web.1"));
    assertThat(server.dokku("ps:report", app, "--running").succeeded().out()).isEqualTo("true\n");

    server.dokku("ps:stop", app).succeeded();
    assertThat(server.running(app)).isEmpty();
    server.dokku("ps:start", app).succeeded();
    assertThat(server.get(app, "/").body()).isEqualTo("Hello, World!\n");
    assertThat(server.dokku("ps:inspect", app).succeeded().out())
        .contains("COLOUR=XXXXXX", "\"Name\": \"/" + app + ".web.1\"");
    assertThat(server.dokku("checks:report", app, "--checks-computed-wait-to-retire").out())
        .isEqualTo("2\n");

    server.dokku("--force", "apps:destroy", app).succeeded();
    assertThat(allContainers(app)).isEmpty();
  }

  @Test
  void aContainerThatStoppedWhileTheDaemonWasAwayRunsAgain() {
    String app = server.newApp("lost");
    Repository.of(server, app).push().succeeded();
    server.killDaemon();
    server.docker("stop", "-t", "1", app + ".web.1").succeeded();

    server.startDaemonAgain();

    awaitRunning(app, List.of(app + ".web.1"));
    Host.await("it serves", PATIENCE, () -> server.get(app, "/").body().startsWith("Hello"));
  }

  @Test
  void aDaemonKilledWhileChecksRunLeavesTheOldReleaseAndNothingElse() {
    String app = server.newApp("killed");
    Repository repository = Repository.of(server, app);
    repository.push().succeeded();
    repository
        .write(
            "app.json",
            "{\"healthchecks\":{\"web\":[{\"type\":\"startup\",\"name\":\"old\",\"uptime\":300}]}}")
        .commit("Takes its time");
    Process push = repository.startGit("push", "dokku", "master");
    Host.await("the new container runs", PATIENCE, () -> server.running(app).size() == 2);

    server.killDaemon();
    server.startDaemonAgain();

    awaitRunning(app, List.of(app + ".web.1"));
    Host.await("the journal is empty", PATIENCE, () -> journal().isEmpty());
    assertThat(allContainers(app)).containsExactly(app + ".web.1");
    assertThat(server.get(app, "/").body()).isEqualTo("Hello, World!\n");
    assertThat(push.onExit().orTimeout(30, TimeUnit.SECONDS).join().exitValue()).isNotZero();
    repository.write("app.json", "{}").commit("Goes on");
    repository.push().succeeded();
  }

  private static List<String> allContainers(String app) {
    return server
        .docker("ps", "-a", "--filter", "label=com.dokku.app-name=" + app, "--format", "{{.Names}}")
        .succeeded()
        .out()
        .lines()
        .toList();
  }

  private static List<Path> journal() {
    try (Stream<Path> files = Files.list(server.lib().resolve("data/slipway/journal"))) {
      return files.toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
