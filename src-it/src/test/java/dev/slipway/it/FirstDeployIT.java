package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/**
 * The way of every newcomer: create, push, look; change, push again; scale. Stories: A1, rows 1, 2,
 * 4 and 6 to 12.
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
}
