package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/**
 * Several process types: declared, scaled, logged, stopped. Stories: A1, rows 9 to 12; A4, row 15.
 */
final class ProcessesIT {
  private static final Duration SOON = Duration.ofSeconds(30);

  @AutoClose private static final Server server = Server.launch();

  @Test
  void aWorkerWaitsUntilItIsScaledUpAndLogsBesideTheWeb() {
    String app = server.newApp("minion");
    Repository repository = Repository.of(server, app);
    repository
        .write("Procfile", "web: python3 web.py\nminion: python3 minion.py\n")
        .commit("With a worker");
    Ran push = repository.push().succeeded();
    assertThat(push.all()).contains("-----> Deploying minion (count=0)");
    assertThat(server.running(app)).containsExactly(app + ".web.1");

    assertThat(server.ssh("ps:scale", app).succeeded().out())
        .isEqualTo(
            "-----> Scaling for " + app + "\nproctype: qty\n--------: ---\nminion: 0\nweb:  1\n");

    String web = containerId(app, "web.1");
    Ran scale = server.ssh("ps:scale", app, "minion=1").succeeded();
    assertThat(scale.all())
        .contains("-----> Scaling " + app + " processes: minion=1")
        .contains("-----> Deploying minion (count=1)");
    assertThat(server.running(app)).containsExactly(app + ".minion.1", app + ".web.1");
    assertThat(containerId(app, "web.1")).isEqualTo(web);

    server.get(app, "/");
    String time = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d+Z app";
    Host.await("the worker's line is logged", SOON, () -> logs(app).contains("Worker"));
    assertThat(logs(app)).containsPattern(time + "\\[minion.1\\]: .*Worker \\d+ started");
    assertThat(logs(app))
        .containsPattern(time + "\\[web.1\\]: .*GET \"/\"")
        .doesNotContain("Performing job");

    server.ssh("ps:scale", app, "minion=0").succeeded();
    Host.await(
        "the worker is gone", SOON, () -> server.running(app).equals(List.of(app + ".web.1")));
  }

  private static String logs(String app) {
    return server.ssh("logs", app).succeeded().out().replaceAll("\u001b\\[[0-9;]*m", "");
  }

  @Test
  void webInstancesShareTheLoadAndSurplusOnesGo() {
    String app = server.newApp("many");
    Repository repository = Repository.of(server, app);
    repository.push().succeeded();

    server.dokku("ps:scale", app, "web=3").succeeded();
    assertThat(server.running(app)).contains(app + ".web.1", app + ".web.2", app + ".web.3");
    String config = server.dokku("nginx:show-config", app).succeeded().out();
    assertThat(
            config
                .lines()
                .filter(line -> line.strip().startsWith("server ") && line.contains(":5000"))
                .count())
        .isEqualTo(3);

    try (Load load = Load.on(server, app, 2)) {
      server.dokku("ps:scale", app, "web=1").succeeded();
      Host.await(
          "the surplus is gone", SOON, () -> server.running(app).equals(List.of(app + ".web.1")));
      load.close();
      assertThat(load.failures()).isEmpty();
    }
  }

  @Test
  void aStoppedAppStaysStoppedUntilItIsStarted() {
    String app = server.newApp("stopped");
    Repository.of(server, app).push().succeeded();

    assertThat(server.dokku("ps:stop", app).succeeded().out())
        .isEqualTo("-----> Stopping " + app + "\n");
    assertThat(server.running(app)).isEmpty();
    server.dokku("config:set", app, "A=1").succeeded();
    assertThat(server.running(app)).isEmpty();

    server.dokku("ps:start", app).succeeded();
    assertThat(server.get(app, "/").status()).isEqualTo(200);
    assertThat(server.get(app, "/env").body()).contains("\"A\": \"1\"");
    assertThat(server.dokku("ps:report", app, "--running").out()).isEqualTo("true\n");
  }

  @Test
  void restartServesWithoutAFailedRequestAndInANewContainer() {
    String app = server.newApp("again");
    Repository.of(server, app).push().succeeded();
    String before = containerId(app, "web.1");

    try (Load load = Load.on(server, app, 2)) {
      server.dokku("ps:restart", app).succeeded();
      load.close();
      assertThat(load.failures()).isEmpty();
    }
    assertThat(containerId(app, "web.1")).isNotEqualTo(before);
  }

  private static String containerId(String app, String dyno) {
    return Server.read(server.root().resolve(app).resolve("CONTAINER." + dyno)).strip();
  }
}
