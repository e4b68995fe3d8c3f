package dev.slipway.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What is on record of builds and deploys, and how one is cancelled. */
final class BuildsIT {
  private static final Duration SOON = Duration.ofSeconds(60);

  @AutoClose private static final Server server = Server.launch();

  @Test
  void aCancelledBuildEndsForGoodAndTheOldReleaseServes() throws Exception {
    String app = server.newApp("cancelled");
    Repository repository = Repository.of(server, app);
    repository.push().succeeded();
    String step = "echo step " + ThreadLocalRandom.current().nextInt(100_000, 999_999);
    append(repository.folder().resolve("Dockerfile"), "RUN while " + step + "; do sleep 1; done\n");
    repository.write("page.txt", "never").commit("Never done");
    Process pushing = repository.startGit("push", "dokku", "master");
    Host.await("the step of the build runs", SOON, () -> runs(step));

    String running = server.dokku("builds:list").succeeded().out();
    String id = server.dokku("builds:report", app, "--build-id").succeeded().out().strip();
    assertThat(running.lines().findFirst().orElse(""))
        .matches("App +Build ID +Kind +PID +Source +Started");
    assertThat(running).containsPattern(app + "  " + id + "  build  \\d+  git-hook  20");
    Process following = Host.start(Path.of("/"), Map.of(), server.sshWords("builds:output", app));
    BufferedReader output = following.inputReader(UTF_8);
    assertThat(output.lines().anyMatch(line -> line.endsWith(step.substring(5)))).isTrue();

    Ran cancelled = server.dokku("builds:cancel", app).succeeded();

    assertThat(cancelled.out()).isEqualTo("-----> Killing app deploy\n");
    assertThat(runs(step)).as("the build's step still runs").isFalse();
    assertThat(pushing.waitFor()).isNotZero();
    assertThat(new String(pushing.getErrorStream().readAllBytes(), UTF_8))
        .contains("Build " + id + " was cancelled");
    assertThat(following.waitFor()).isZero();
    assertThat(output.lines()).contains(" !     Build " + id + " was cancelled");
    assertThat(server.dokku("apps:locked", app).status()).as("the lease").isEqualTo(1);
    assertThat(server.dokku("builds:info", app, id).succeeded().out())
        .containsPattern("Status: +canceled\n")
        .containsPattern("Exit Code: +-1\n");
    assertThat(server.dokku("builds:cancel", app).succeeded().out())
        .isEqualTo("-----> App not currently deploying\n");
    assertThat(server.get(app, "/").body()).isEqualTo("Hello, World!\n");
  }

  @Test
  void aDeployThatIsCancelledWhileItChecksLeavesNoNewContainer() throws Exception {
    String app = server.newApp("unchecked");
    Repository repository = Repository.of(server, app);
    repository.push().succeeded();
    repository.write("mode.txt", "silent").commit("Never listens");
    Process pushing = repository.startGit("push", "dokku", "master");
    Host.await("the new container runs", SOON, () -> server.running(app).size() == 2);

    server.dokku("builds:cancel", app).succeeded();

    assertThat(pushing.waitFor()).isNotZero();
    assertThat(containers(app)).containsExactly(app + ".web.1");
    assertThat(server.get(app, "/").body()).isEqualTo("Hello, World!\n");
    assertThat(server.dokku("builds:report", app, "--build-status").out()).isEqualTo("canceled\n");
    assertThat(images(app))
        .containsExactlyInAnyOrder("dokku/" + app + ":latest", "dokku/" + app + ":release-1");
  }

  private static List<String> containers(String app) {
    return server
        .docker("ps", "-a", "--filter", "label=com.dokku.app-name=" + app, "--format", "{{.Names}}")
        .out()
        .lines()
        .toList();
  }

  @Test
  void everyDeployIsOnRecordWithItsLogUntilItIsPruned() {
    String app = server.newApp("recorded");
    Repository.of(server, app).push().succeeded();
    server.dokku("ps:restart", app).succeeded();
    server.dokku("config:set", app, "COLOUR=green").succeeded();
    server.dokku("ps:stop", app).succeeded();
    server.dokku("ps:start", app).succeeded();
    server.dokku("ps:rebuild", app).succeeded();

    String list = server.dokku("builds:list", app).succeeded().out();

    assertThat(list.lines().map(line -> line.replaceAll(" {2,}", "|")).toList())
        .hasSize(6)
        .satisfiesExactly(
            head -> assertThat(head).isEqualTo("Build ID|Kind|Status|PID|Source|Started|Duration"),
            line -> assertThat(line).contains("|build|succeeded|").contains("|ps:rebuild|"),
            line -> assertThat(line).contains("|deploy|succeeded|").contains("|deploy|"),
            line -> assertThat(line).contains("|deploy|succeeded|").contains("|config-redeploy|"),
            line -> assertThat(line).contains("|deploy|succeeded|").contains("|ps:restart|"),
            line -> assertThat(line).contains("|build|succeeded|").contains("|git-hook|"));
    String oldest = list.lines().reduce((a, b) -> b).orElseThrow().split(" ")[0];
    assertThat(server.dokku("builds:output", app, oldest).succeeded().out())
        .contains("-----> Building " + app + " from Dockerfile")
        .contains("=====> Application deployed:");
    assertThat(
            server
                .dokku("builds:list", app, "--kind", "build", "--format", "json")
                .succeeded()
                .out())
        .startsWith("[{\"id\":")
        .contains("\"source\":\"ps:rebuild\"", "\"display_status\":\"succeeded\"")
        .doesNotContain("ps:restart");

    server.dokku("builds:set", app, "retention", "2").succeeded();
    assertThat(server.dokku("builds:prune", app).succeeded().all()).isEmpty();

    assertThat(server.dokku("builds:list", app).out().lines()).hasSize(3);
    assertThat(server.dokku("builds:output", app, oldest).failed().err())
        .isEqualTo(" !     No build record found for " + app + "/" + oldest + "\n");
  }

  @Test
  void secretsAreShownToNobody() throws IOException {
    String app = server.newApp("secretive");
    String secret = "s3cr3t-" + ThreadLocalRandom.current().nextInt(100_000, 999_999);
    server.dokku("config:set", app, "API_TOKEN=" + secret).succeeded();
    server.dokku("docker-options:add", app, "build", "--build-arg API_TOKEN").succeeded();
    Repository repository = Repository.of(server, app);
    append(
        repository.folder().resolve("Dockerfile"),
        "ARG API_TOKEN\nRUN echo \"token is $API_TOKEN\" && printf 'a\\033]0;title\\007b\\n'\n");
    repository.commit("Prints its secret");

    Ran push = repository.push().succeeded();

    String id = server.dokku("builds:report", app, "--build-id").succeeded().out().strip();
    String log = Server.read(server.lib().resolve("data/builds/" + app + "/" + id + ".log"));
    assertThat(push.all()).doesNotContain(secret).doesNotContain("\u001b]0;");
    assertThat(log).contains("token is ***", "ab\n").doesNotContain(secret);
    assertThat(log.lines().toList())
        .containsSubsequence(
            "=====> Application deployed:",
            "       http://" + app + ".example.test:" + server.httpPort());
    assertThat(log)
        .containsPattern(
            "-----> Built dokku/"
                + app
                + ":latest \\([0-9a-f]{12}\\) from commit [0-9a-f]{12} with the dockerfile builder\n"
                + "       Took \\d+\\.\\ds: source \\S+s, build \\S+s, release \\S+s, deploy \\S+s\n"
                + "=====> Application deployed:\n");
  }

  @Test
  void theImagesOfTheLastReleasesStayAndNoMore() throws IOException {
    String app = server.newApp("retained");
    server.dokku("builds:set", app, "retained-releases", "2").succeeded();
    Repository repository = Repository.of(server, app);
    for (int version = 1; version <= 3; version++) {
      repository.write("page.txt", "version " + version).commit("Version " + version);
      repository.push().succeeded();
      server.dokku("config:set", app, "VERSION=" + version).succeeded();
    }
    append(repository.folder().resolve("Dockerfile"), "RUN false\n");
    repository.commit("Broken");
    repository.push().failed();

    Host.await(
        "old images go with their containers",
        SOON,
        () -> {
          server.dokku("cleanup", app);
          return images(app).size() == 3;
        });
    assertThat(images(app))
        .containsExactlyInAnyOrder(
            "dokku/" + app + ":latest",
            "dokku/" + app + ":release-6",
            "dokku/" + app + ":release-4");
    assertThat(server.get(app, "/").body()).isEqualTo("version 3\n");
  }

  private static List<String> images(String app) {
    return server
        .docker(
            "images",
            "--filter",
            "label=com.dokku.app-name=" + app,
            "--format",
            "{{.Repository}}:{{.Tag}}")
        .out()
        .lines()
        .toList();
  }

  private static boolean runs(String command) {
    return Host.run("pgrep", "-f", command).status() == 0;
  }

  private static void append(Path file, String text) throws IOException {
    Files.writeString(file, Files.readString(file) + text);
  }
}
