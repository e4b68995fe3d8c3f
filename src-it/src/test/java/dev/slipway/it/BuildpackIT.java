package dev.slipway.it;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Apps without a Dockerfile, built by buildpacks in the stack image of this project. */
final class BuildpackIT {
  @SuppressWarnings("NullAway.Init") // JUnit calls start first
  private static Server server;

  @BeforeAll
  static void start() {
    server = Server.launch();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void aProcfileIsEnough() {
    String app = Server.uniqueName("procfile");
    server.dokku("apps:create", app).succeeded();
    Repository repository = Repository.sample(server, app, "procfile");

    Ran push = repository.push();
    System.out.println(push.all());

    push.succeeded();
    System.out.println(server.get(app, "/"));
  }
}
