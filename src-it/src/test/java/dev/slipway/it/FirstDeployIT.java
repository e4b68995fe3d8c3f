package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/**
 * The way of every newcomer: create, push, look; change, push again; scale. Stories: A1, rows 1, 2,
 * 4 and 6 to 12; A4, rows 13 and 14.
 */
final class FirstDeployIT {
  @AutoClose private static final Server server = Server.launch();

  @Test
  void aPushedAppIsLiveAndTheNextPushFailsNoRequest() {
    String app = server.newApp("first");
    Repository repository = Repository.of(server, app);

    Ran push = repository.push().succeeded();

    assertThat(push.all())
        .containsSubsequence(
            "-----> Cleaning up...",
            "-----> Building " + app + " from Dockerfile",
            "-----> Releasing " + app + "...",
            "-----> Deploying " + app + " via the docker-local scheduler...",
            "-----> Deploying web (count=1)",
            "=====> Application deployed:",
            "       http://" + app + ".example.test",
            "[new branch]      master -> master");
    assertThat(server.get(app, "/").body()).isEqualTo("Hello, World!\n");
    assertThat(server.running(app)).isEqualTo(List.of(app + ".web.1"));

    repository.write("page.txt", "Hello again!").commit("Second version");
    try (Load load = Load.on(server, app, 4)) {
      repository.push().succeeded();
      assertThat(server.get(app, "/").body()).isEqualTo("Hello again!\n");
      load.close();
      assertThat(load.failures()).isEmpty();
      assertThat(load.total()).isGreaterThan(20);
    }
  }

  @Test
  void aDeployExtractsBuildsStartsChecksSwitchesAndRetiresInThisOrder() { // A4, row 13
    String app = server.newApp("order");
    Repository repository = Repository.of(server, app);
    repository.push().succeeded();
    String old = containerId(app);

    repository.write("page.txt", "Second").commit("Second version");
    String said = repository.push().succeeded().all();

    assertThat(said)
        .containsSubsequence(
            "-----> Cleaning up...",
            "-----> Building " + app + " from Dockerfile",
            "-----> Deploying web (count=1)",
            "Attempting pre-flight checks (web.1)",
            "All checks successful (web.1)",
            "Scheduling old container shutdown in 2 seconds (web.1)",
            "-----> Creating http nginx.conf",
            "Reloading nginx",
            "Found previous container(s) (" + old.substring(0, 12) + ") named " + app + ".web.1",
            "-----> Shutting down old containers in 2 seconds",
            "=====> Application deployed:");
    Host.await(
        "the old container is retired",
        Duration.ofSeconds(30),
        () -> server.running(app).equals(List.of(app + ".web.1")));
    assertThat(containerId(app)).isNotEqualTo(old);
  }

  @Test
  void stepsBeforeAChangedFileComeFromTheCache() { // A4, row 14
    String app = server.newApp("cached");
    Repository repository = Repository.of(server, app);
    repository
        .write(
            "Dockerfile",
            """
            ARG BASE_IMAGE=python:3-slim
            FROM ${BASE_IMAGE}
            RUN cat /proc/sys/kernel/random/uuid > /once
            WORKDIR /app
            COPY . .
            RUN cat /proc/sys/kernel/random/uuid > /each-time
            CMD ["python3", "web.py"]
            """)
        .commit("With a step before the files");
    repository.push().succeeded();
    String once = inContainer(app, "/once");
    String eachTime = inContainer(app, "/each-time");

    repository.write("page.txt", "Only this").commit("Another page");
    repository.push().succeeded();

    assertThat(server.get(app, "/").body()).isEqualTo("Only this\n");
    assertThat(inContainer(app, "/once")).isEqualTo(once);
    assertThat(inContainer(app, "/each-time")).isNotEqualTo(eachTime);
  }

  private static String containerId(String app) {
    return Server.read(server.root().resolve(app).resolve("CONTAINER.web.1")).strip();
  }

  private static String inContainer(String app, String file) {
    return server.docker("exec", containerId(app), "cat", file).succeeded().out();
  }
}
