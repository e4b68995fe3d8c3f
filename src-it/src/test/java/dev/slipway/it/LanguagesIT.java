package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Sample apps whose dependencies come from a registry of their language. */
final class LanguagesIT {
  @SuppressWarnings("NullAway.Init") // JUnit calls start first
  private static Server server;

  @BeforeAll
  static void start() {
    server = BuildpackIT.launch();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Ran push(String app, String sample) {
    server.dokku("apps:create", app).succeeded();
    return Repository.sample(server, app, sample).push().succeeded();
  }

  @Test
  void pythonInstallsWhatItRequiresAndKeepsItForTheNextPush() {
    String app = Server.uniqueName("python");
    server.dokku("apps:create", app).succeeded();
    server.dokku("config:set", "--no-restart", app, "GREETING=Good morning").succeeded();
    Repository repository = Repository.sample(server, app, "python");

    assertThat(repository.push().succeeded().all()).contains("Python app detected");
    assertThat(server.get(app, "/").body()).startsWith("Good morning from Python, by Flask");

    repository.replace("app.py", "from Python", "from a newer Python").commit("Second version");
    assertThat(repository.push().succeeded().all()).doesNotContain("Downloading flask");
    assertThat(server.get(app, "/").body()).contains("from a newer Python");
  }

  @Test
  void nodeInstallsWhatItsLockFileNames() {
    String app = Server.uniqueName("node");

    assertThat(push(app, "node").all()).contains("Node.js app detected");
    assertThat(server.get(app, "/").status()).isEqualTo(200);
  }

  @Test
  void twoBuildpacksBuildOneApp() {
    String app = Server.uniqueName("multi");

    assertThat(push(app, "multi").all())
        .containsSubsequence("Node.js app detected", "Python app detected");
    assertThat(server.get(app, "/").status()).isEqualTo(200);
  }
}
