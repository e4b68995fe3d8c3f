package dev.slipway.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The daemon is told to end, as by a service manager, while apps are being deployed. */
final class StopIT {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String FIRST = "Hello, World!\n";
  private static final String CUT_OFF =
      " !     The Slipway daemon is being stopped, which cuts this off.";

  @AutoClose
  private static final Server server =
      Server.launch(Map.of("SLIPWAY_STOP_GRACE", "2"), command -> command);

  private static final LeftOvers left = new LeftOvers(server);

  /** A push being made, and what its client is shown. */
  private record Push(String app, Repository repository, String before, Process client) {
    static Push first(String hint) {
      String app = server.newApp(hint);
      Repository repository = Repository.of(server, app);
      repository.push().succeeded();
      return new Push(app, repository, head(repository), server.daemon());
    }

    Push again() {
      return new Push(app, repository, before, repository.startGit("push", "dokku", "master"));
    }
  }

  @Test
  void whatTakesLongerThanTheGraceIsCutOffClearlyAndUndoneByTheNextStart() throws Exception {
    Push build = Push.first("builds");
    Push check = Push.first("checks");
    String dockerfile = Server.read(build.repository().folder().resolve("Dockerfile"));
    build.repository().write("Dockerfile", dockerfile + "RUN sleep 300\n").commit("Builds long");
    check
        .repository()
        .write("mode.txt", "silent")
        .write(
            "app.json",
            """
            {"healthchecks": {"web": [{"type": "startup", "name": "page", "path": "/",
             "attempts": 300, "wait": 1, "timeout": 1}]}}
            """)
        .commit("Never ready");
    List<String> apps = List.of(build.app(), check.app());
    Push building = build.again();
    Push checking = check.again();
    List<String> buildSaid = read(building.client());
    List<String> checkSaid = read(checking.client());
    Host.await("one builds", SOON, () -> shows(buildSaid, "sleep 300"));
    Host.await("one is checked", SOON, () -> left.containers(check.app()).size() == 2);

    try (Visitor visitor = Visitor.of(server, apps)) {
      server.stopDaemon();
      assertThat(building.client().waitFor()).isNotZero();
      assertThat(checking.client().waitFor()).isNotZero();
      Host.await("all is shown", SOON, () -> shows(buildSaid, CUT_OFF));
      Host.await("all is shown", SOON, () -> shows(checkSaid, CUT_OFF));
      assertThat(shows(buildSaid, "goes on at the server")).isFalse();
      assertThat(shows(checkSaid, "goes on at the server")).isFalse();

      server.startDaemonAgain();
      Host.await("all is recovered", SOON, () -> left.journals().isEmpty());
      for (Push push : List.of(build, check)) {
        String app = push.app();
        Host.await("nothing is left of " + app, SOON, () -> left.none(app));
        Host.await(
            "only the old container is left of " + app,
            SOON,
            () -> left.containers(app).equals(List.of(app + ".web.1")));
        assertThat(serverHead(push.repository())).isEqualTo(push.before());
        assertThat(left.buildRecords(app)).noneMatch(record -> record.contains("running"));
      }
      visitor.close();
      assertThat(visitor.pages()).containsOnly(FIRST);
    }

    check.repository().write("mode.txt", "serve").write("page.txt", "Next").commit("Mended");
    check.repository().push().succeeded();
    assertThat(server.get(check.app(), "/").body()).isEqualTo("Next\n");
  }

  @Test
  void whatEndsWithinTheGraceEndsWell() throws Exception {
    Push push = Push.first("quick");
    String dockerfile = Server.read(push.repository().folder().resolve("Dockerfile"));
    push.repository()
        .write("Dockerfile", dockerfile + "RUN sleep 3\n")
        .write("page.txt", "Went on")
        .commit("Builds shortly");
    server.variables().put("SLIPWAY_STOP_GRACE", "45");
    server.stopDaemon();
    server.startDaemonAgain();

    Push again = push.again();
    List<String> said = read(again.client());
    Host.await("it builds", SOON, () -> shows(said, "sleep 3"));
    server.stopDaemon();

    assertThat(again.client().waitFor()).as("%s", said).isZero();
    assertThat(server.get(push.app(), "/").body()).isEqualTo("Went on\n");
    server.variables().put("SLIPWAY_STOP_GRACE", "2");
    server.startDaemonAgain();
    assertThat(serverHead(push.repository())).isEqualTo(head(push.repository()));
    Host.await("nothing is left", SOON, () -> left.none(push.app()) && left.journals().isEmpty());
  }

  /** Reads what git shows of a push; it all stands on standard error. */
  private static List<String> read(Process client) {
    List<String> lines = new CopyOnWriteArrayList<>();
    Thread.ofPlatform().daemon().start(() -> client.errorReader(UTF_8).lines().forEach(lines::add));
    return lines;
  }

  private static boolean shows(List<String> said, String part) {
    return said.stream().anyMatch(line -> line.contains(part));
  }

  private static String head(Repository repository) {
    return repository.git("rev-parse", "HEAD").succeeded().out().strip();
  }

  private static String serverHead(Repository repository) {
    return repository
        .git("ls-remote", "dokku", "refs/heads/master")
        .succeeded()
        .out()
        .replaceFirst("\\s.*\\s*", "");
  }
}
