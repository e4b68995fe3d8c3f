package dev.slipway.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Clients that are suspended, and so do not read what a build prints. */
final class SuspendedClientIT {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final int LINES = 120_000;

  @AutoClose private static final Server server = Server.launch();

  @BeforeAll
  static void installPlugin() throws IOException {
    new FixturePlugin("talker")
        .install(server.lib().resolve("plugins"), List.of("post-extract", "post-deploy"));
  }

  @Test
  void aSuspendedPushHoldsUpNeitherItsOwnDeployNorThatOfAnotherApp() throws Exception {
    String app = server.newApp("silent");
    Repository repository = Repository.of(server, app);
    String commit = repository.write("talkative", "yes").commit("A talkative build");
    String other = server.newApp("other");
    Repository neighbour = Repository.of(server, other);

    Process push = repository.startGit("push", "dokku", "master");
    Host.await("the push builds", SOON, () -> server.dokku("apps:locked", app).status() == 0);
    signal(push, "STOP");
    neighbour.push().succeeded();

    assertThat(server.get(other, "/").status()).isEqualTo(200);
    Host.await("the deploy ends", SOON, () -> buildRecord(app).contains("\"succeeded\""));
    assertThat(server.get(app, "/").status()).isEqualTo(200);
    assertThat(server.dokku("apps:locked", app).status()).as("the lease is free").isEqualTo(1);
    assertThat(buildLog(app)).contains("line 1 ", "line " + LINES + " ", "Application deployed:");
    Host.await("the branch moves", SOON, () -> branch(repository).equals(commit));
    assertThat(push.isAlive()).isTrue();

    signal(push, "CONT");
    String seen = new String(push.getErrorStream().readAllBytes(), UTF_8);
    assertThat(push.waitFor()).as(seen).isZero();
    assertThat(seen)
        .contains("line 1 ")
        .doesNotContain("line " + LINES + " ")
        .containsPattern("bytes of output are left out here: builds:output " + app + " \\S+ shows");
  }

  @Test
  void aSuspendedLauncherHoldsUpNoRestart() throws Exception {
    String app = server.newApp("still");
    Repository repository = Repository.of(server, app);
    repository.write("talkative", "yes").commit("A talkative build");
    repository.push().succeeded();
    Process rebuild =
        Host.start(
            server.folder(), server.variables(), List.of(server.launcher(), "ps:rebuild", app));
    Host.await("it builds", SOON, () -> server.dokku("apps:locked", app).status() == 0);
    signal(rebuild, "STOP");

    Host.await("it ends", SOON, () -> server.dokku("apps:locked", app).status() == 1);
    server.dokku("ps:restart", app).succeeded();
    signal(rebuild, "CONT");
    String seen = new String(rebuild.getInputStream().readAllBytes(), UTF_8);
    assertThat(rebuild.waitFor()).isZero();
    assertThat(seen).contains("bytes of output are left out here: builds:output " + app);
  }

  @Test
  void aCallerWhoReadsNothingHoldsUpNoOtherWhoWaitsForHisApp() throws Exception {
    String app = server.newApp("unread");
    Repository.of(server, app).push().succeeded();
    Files.createFile(server.root().resolve(app).resolve("talkative"));
    Process unread =
        Host.start(
            server.folder(), server.variables(), List.of(server.launcher(), "ps:restart", app));
    Host.await("it restarts", SOON, () -> !new LeftOvers(server).journals().isEmpty());

    server.dokku("ps:restart", app).succeeded();

    String seen = new String(unread.getInputStream().readAllBytes(), UTF_8);
    assertThat(unread.waitFor()).isZero();
    assertThat(seen)
        .contains("line 1 ", "bytes of output are left out here: builds:output " + app)
        .doesNotContain("line " + LINES + " ");
  }

  private static void signal(Process process, String name) {
    Stream.concat(Stream.of(process.toHandle()), process.descendants())
        .forEach(each -> Host.run("kill", "-" + name, Long.toString(each.pid())));
  }

  private static String branch(Repository repository) {
    return repository
        .git("ls-remote", "dokku", "refs/heads/master")
        .succeeded()
        .out()
        .replaceFirst("\\s.*\\s*", "");
  }

  private static String buildRecord(String app) {
    return Server.read(build(app, ".json"));
  }

  private static String buildLog(String app) {
    return Server.read(build(app, ".log"));
  }

  private static Path build(String app, String suffix) {
    try (Stream<Path> all = Files.list(server.lib().resolve("data/builds/" + app))) {
      return all.filter(each -> each.toString().endsWith(suffix)).findFirst().orElseThrow();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
