package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/**
 * What goes wrong in a push leaves the old version serving and the branch where it was. Stories:
 * A1, row 18.
 */
final class FailuresIT {
  @AutoClose private static final Server server = Server.launch();

  @Test
  void aVersionThatDiesAtItsStartIsRejectedAndTheOldOneServesOn() {
    String app = server.newApp("dies");
    Repository repository = Repository.of(server, app);
    String good = repository.git("rev-parse", "HEAD").out().strip();
    repository.push().succeeded();

    repository.write("mode.txt", "crash").commit("Dies at its start");
    Ran push = repository.push().failed();

    assertThat(push.all())
        .contains("this version dies at its start, on purpose")
        .contains("=====> Start of " + app + " container output")
        .contains("! [remote rejected] master -> master (pre-receive hook declined)");
    assertThat(server.get(app, "/").body()).isEqualTo("Hello, World!\n");
    assertThat(head(repository)).isEqualTo(good);
    assertThat(server.running(app)).containsExactly(app + ".web.1");
    assertThat(server.dokku("git:report", app, "--git-sha").out().strip()).isEqualTo(good);

    repository.write("mode.txt", "serve").write("page.txt", "Mended").commit("Mended");
    repository.push().succeeded();
    assertThat(server.get(app, "/").body()).isEqualTo("Mended\n");
  }

  @Test
  void anAnswerOtherThan200FailsTheCheckOfTheFirstDeployAndLeavesNothingRunning() {
    String app = server.newApp("broken");
    Repository repository = Repository.of(server, app);
    repository
        .write("mode.txt", "broken")
        .write("app.json", checkOf("\"attempts\": 1, \"wait\": 1"))
        .commit("Answers 500");

    Ran push = repository.push().failed();

    assertThat(push.all())
        .contains("Failure in name='front page': unexpected status code: 500")
        .contains("Could not start due to 1 failed checks (web.1)")
        .doesNotContain("Application deployed");
    assertThat(server.running(app)).isEmpty();
    assertThat(server.get(app, "/").status()).isEqualTo(502);
  }

  @Test
  void aBuildThatFailsSaysSoAndChangesNothing() {
    String app = server.newApp("nobuild");
    Repository repository = Repository.of(server, app);
    String good = repository.git("rev-parse", "HEAD").out().strip();
    repository.push().succeeded();
    String image = imageOf(app);

    repository
        .write(
            "Dockerfile",
            "ARG BASE_IMAGE\nFROM ${BASE_IMAGE}\nRUN echo the compiler found a mistake && exit 7\n")
        .commit("Does not build");
    Ran push = repository.push().failed();

    assertThat(push.all())
        .contains("the compiler found a mistake")
        .contains(" !     App build failed");
    assertThat(imageOf(app)).isEqualTo(image);
    assertThat(head(repository)).isEqualTo(good);
    assertThat(server.get(app, "/").body()).isEqualTo("Hello, World!\n");
  }

  @Test
  void objectsOfARefusedPushCannotBeFetched() { // A17
    String app = server.newApp("secret");
    Repository repository = Repository.of(server, app);
    repository.push().succeeded();
    repository.write("mode.txt", "crash").write("password.txt", "hunter2").commit("With a secret");
    String refused = repository.git("rev-parse", "HEAD").out().strip();

    repository.push().failed();

    assertThat(repository.git("ls-remote", "dokku").succeeded().out()).doesNotContain(refused);
    Repository stranger = Repository.empty(server, app + "-stranger", app);
    Ran fetch = stranger.git("-c", "protocol.version=2", "fetch", "dokku", refused);
    assertThat(fetch.status()).isNotZero();
    Ran object =
        Host.run(
            "git",
            "-c",
            "safe.directory=*",
            "--git-dir",
            server.root().resolve(app).toString(),
            "cat-file",
            "-e",
            refused);
    assertThat(object.status()).as("the commit is gone from the server").isNotZero();
  }

  private static String checkOf(String how) {
    return "{\"healthchecks\": {\"web\": [{\"type\": \"startup\", \"name\": \"front page\", \"path\": \"/\", \"timeout\": 2, "
        + how
        + "}]}}";
  }

  private static String head(Repository repository) {
    return repository
        .git("ls-remote", "dokku", "refs/heads/master")
        .succeeded()
        .out()
        .split("\\s")[0];
  }

  private static String imageOf(String app) {
    return server
        .docker("image", "inspect", "-f", "{{.Id}}", "dokku/" + app + ":latest")
        .succeeded()
        .out();
  }
}
