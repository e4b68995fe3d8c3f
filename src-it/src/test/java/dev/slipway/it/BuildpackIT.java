package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Apps without a Dockerfile, built by buildpacks in the stack image of this project. Those with
 * dependencies from a registry are in {@link LanguagesIT}.
 */
final class BuildpackIT {
  static final String STACK =
      Optional.ofNullable(System.getenv("SLIPWAY_TEST_STACK")).orElse("slipway/stack:bookworm");

  @SuppressWarnings("NullAway.Init") // JUnit calls start first
  private static Server server;

  @BeforeAll
  static void start() {
    server = launch();
  }

  /** A server whose stack image is the one of this project, whatever a registry would give. */
  static Server launch() {
    Server fresh = Server.launch();
    Server.write(fresh.root().resolve("dokkurc"), "export DOKKU_IMAGE=" + STACK + "\n");
    return fresh;
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String newApp(String hint) {
    String app = Server.uniqueName(hint);
    server.dokku("apps:create", app).succeeded();
    return app;
  }

  @Test
  void anAppOfProcessesIsBuiltReleasedAndStarted() {
    String app = newApp("procfile");
    server.dokku("config:set", "--no-restart", app, "TOKEN=se cret", "PORT_NOTE=x").succeeded();
    Repository repository = Repository.sample(server, app, "procfile");

    Ran push = repository.push().succeeded();

    assertThat(push.all())
        .containsSubsequence(
            "-----> Cleaning up...",
            "-----> Building " + app + " from herokuish",
            "Stack image: " + STACK + ", as DOKKU_IMAGE says",
            "-----> Adding BUILD_ENV to build environment...",
            "       BUILD_ENV added successfully",
            "-----> Discovering process types",
            "Procfile declares types -> web, greeter",
            "-----> Releasing " + app + "...",
            "-----> Deploying web (count=1)",
            "=====> Application deployed:")
        .doesNotContain("se cret");
    assertThat(server.get(app, "/").body()).contains("Hello");
    String image = "dokku/" + app + ":latest";
    assertThat(server.docker("history", "--no-trunc", image).succeeded().out())
        .doesNotContain("se cret");
    assertThat(server.docker("inspect", "-f", "{{.Config.User}} {{.Config.Env}}", image).out())
        .startsWith("herokuishuser")
        .contains("USER=herokuishuser", "HEROKUISH_SETUIDGUID=false")
        .doesNotContain("se cret");
    assertThat(server.dokku("run", app, "sh", "-c", "id -un; pwd; printenv TOKEN").out())
        .isEqualTo("herokuishuser\n/app\nse cret\n");
    assertThat(server.dokku("builder:report", app, "--builder-detected").out())
        .isEqualTo("herokuish\n");
    assertThat(server.docker("volume", "inspect", "cache-" + app).succeeded().out())
        .contains("\"com.dokku.app-name\": \"" + app + "\"");

    configurationIsReleasedWithoutABuild(app, image);
  }

  private static void configurationIsReleasedWithoutABuild(String app, String image) {
    String layers = "{{len .RootFS.Layers}}";
    String before = server.docker("inspect", "-f", layers, image).out();
    server.dokku("config:set", app, "TOKEN=other").succeeded();
    server.dokku("config:unset", app, "PORT_NOTE").succeeded();
    assertThat(server.docker("inspect", "-f", layers, image).out()).isEqualTo(before);
    assertThat(
            server
                .docker("run", "--rm", image, "/exec", "sh", "-c", "echo $TOKEN-$PORT_NOTE")
                .out())
        .isEqualTo("other-\n");
  }

  @Test
  void aFolderOfALargerRepositoryIsBuilt() {
    String app = newApp("mono");
    server.dokku("builder:set", app, "build-dir", "services/site").succeeded();

    Repository.sample(server, app, "monorepo").push().succeeded();

    assertThat(server.get(app, "/").status()).isEqualTo(200);
  }

  @Test
  void aBuildThatFailsSaysWhyAndLeavesNothing() {
    String app = newApp("fails");
    Repository repository = Repository.sample(server, app, "procfile");
    repository
        .write(".buildpacks", "slipway/procfile\nhttps://example.invalid/acme/other\n")
        .commit("Nobody has this buildpack");

    Ran push = repository.push().failed();

    assertThat(push.all())
        .containsSubsequence(
            "-----> Fetching custom buildpack acme/other",
            "The buildpack 'acme/other' failed (exit code 1)",
            "Failure starting container during app build",
            "App build failed",
            "pre-receive hook declined");
    assertThat(server.docker("ps", "-aq", "--filter", "label=com.dokku.app-name=" + app).out())
        .isEmpty();
    assertThat(server.docker("images", "-q", "dokku/" + app).out()).isEmpty();
  }

  @Test
  void aDaemonKilledDuringABuildEndsItAtItsNextStart() {
    String app = newApp("killed");
    Repository repository = Repository.sample(server, app, "procfile");
    program(Repository.empty(server, app + "-sleeper", app), "exec sleep 300");
    String label = "label=com.dokku.app-name=" + app;
    try (GitDaemon git = GitDaemon.over(server.folder().resolve("me"))) {
      String url = "BUILDPACK_URL=" + git.url(app + "-sleeper");
      server.dokku("config:set", "--no-restart", app, url).succeeded();
      Process push = repository.startGit("push", "dokku", "master");
      try {
        Host.await(
            "the buildpack sleeps",
            Duration.ofSeconds(60),
            () ->
                server
                    .docker("ps", "-q", "--filter", label)
                    .out()
                    .lines()
                    .anyMatch(id -> server.docker("top", id).out().contains("sleep 300")));
        server.killDaemon();
      } finally {
        push.destroy();
      }
    }
    server.startDaemonAgain();
    Host.await(
        "the build has ended",
        Duration.ofSeconds(60),
        () -> server.docker("ps", "-aq", "--filter", label).out().isEmpty());

    server.dokku("config:unset", "--no-restart", app, "BUILDPACK_URL").succeeded();
    repository.push().succeeded();
    assertThat(server.get(app, "/").body()).contains("Hello");
  }

  @Test
  void aBuildThatNeedsMoreMemoryThanItMaySaysSo() {
    String app = newApp("hungry");
    server.dokku("resource:limit", "--process-type", "build", "--memory", "48", app).succeeded();
    server
        .dokku("resource:limit", "--process-type", "build", "--memory-swap", "48m", app)
        .succeeded();
    Repository repository = Repository.sample(server, app, "procfile");
    program(
        Repository.empty(server, app + "-eater", app),
        "exec perl -e '$x = \"x\" x (1 << 28); print length $x'");
    try (GitDaemon git = GitDaemon.over(server.folder().resolve("me"))) {
      server
          .dokku("config:set", "--no-restart", app, "BUILDPACK_URL=" + git.url(app + "-eater"))
          .succeeded();

      Ran push = repository.push().failed();

      assertThat(push.all())
          .contains("The build ran out of memory: its limit is 48m.")
          .contains("resource:limit --process-type build");
    }
  }

  /** Makes a buildpack that takes every app and does one thing. */
  private static void program(Repository buildpack, String compile) {
    Host.run("mkdir", buildpack.folder() + "/bin").succeeded();
    buildpack
        .write("bin/detect", "#!/bin/sh\necho Example\n")
        .write("bin/compile", "#!/bin/sh\n" + compile + "\n")
        .write("bin/release", "#!/bin/sh\necho ---\n");
    Host.run("chmod", "-R", "+x", buildpack.folder().resolve("bin").toString()).succeeded();
    buildpack.commit("The buildpack");
  }

  /** Stories: A1, rows 5 to 12. */
  @Test
  void aBuildpackFromAGitAddressBuildsAnAppWithAWorker() {
    String app = newApp("mojo");
    Path acme = server.folder().resolve("me/acme");
    Repository buildpack =
        Repository.made(server, acme.resolve("heroku-buildpack-perl-procfile"), "perl-procfile");
    Repository repository = Repository.sample(server, app, "perl");
    try (GitDaemon git = GitDaemon.over(server.folder().resolve("me"))) {
      repository
          .write(".buildpacks", git.url("acme/heroku-buildpack-perl-procfile") + "\n")
          .commit("Perl");

      Ran push = repository.push().succeeded();

      assertThat(push.all())
          .containsSubsequence(
              "-----> Cleaning up...",
              "-----> Building " + app + " from herokuish",
              "-----> Fetching custom buildpack acme/heroku-buildpack-perl-procfile",
              "-----> Perl/Procfile app detected",
              "-----> Discovering process types",
              "Procfile declares types -> web, minion",
              "-----> Releasing " + app + "...",
              "-----> Deploying web (count=1)",
              "=====> Application deployed:");
      assertThat(server.get(app, "/").body()).isEqualTo("Hello, World!");
      assertThat(server.running(app)).containsExactly(app + ".web.1");
      assertThat(server.dokku("ps:scale", app).out()).contains("minion: 0", "web:  1");
      String web = server.docker("inspect", "-f", "{{.Id}}", app + ".web.1").out();

      server.dokku("ps:scale", app, "minion=1").succeeded();

      assertThat(server.running(app)).containsExactly(app + ".minion.1", app + ".web.1");
      assertThat(server.docker("inspect", "-f", "{{.Id}}", app + ".web.1").out()).isEqualTo(web);
      Host.await(
          "the worker says that it is there",
          Duration.ofSeconds(20),
          () ->
              server
                  .dokku("logs", app)
                  .out()
                  .matches("(?s).*app\\[minion\\.1\\]:.*Worker \\d+ started.*"));
      nextPushFailsNoRequest(app, repository);
      assertThat(buildpack.folder()).exists();
    }
  }

  private static void nextPushFailsNoRequest(String app, Repository repository) {
    repository.replace("app.pl", "Hello, World!", "Hello again!").commit("Another text");
    try (Load load = Load.on(server, app, 2)) {
      repository.push().succeeded();
      assertThat(server.get(app, "/").body()).isEqualTo("Hello again!");
      load.close();
      assertThat(load.failures()).isEmpty();
    }
  }

  @Test
  void aBuildIsNotGivenTheHost() {
    String app = newApp("escape");
    Repository repository = Repository.sample(server, app, "procfile");
    for (String option :
        List.of("--privileged", "-v /var/run/docker.sock:/s", "-v " + server.root() + ":/r")) {
      server.dokku("docker-options:add", app, "build", option).succeeded();

      assertThat(repository.push().failed().all())
          .contains("A build container is not given " + option);

      server.dokku("docker-options:remove", app, "build", option).succeeded();
    }
  }

  @Test
  void whatIsNotThereYetSaysWhatIsMissing() {
    String app = newApp("absent");
    Repository repository = Repository.sample(server, app, "procfile");
    repository.write("nixpacks.toml", "").commit("For another builder");
    assertThat(repository.push().failed().all())
        .contains("The builder 'nixpacks' is not part of Slipway yet");

    server.dokku("builder:set", app, "selected", "null").succeeded();
    assertThat(repository.push().failed().all())
        .contains("App image (dokku/" + app + ":latest) not found");
  }

  @Test
  void theStackSaysWhichBuildpackItWouldTake() {
    String app = newApp("detect");
    Repository repository = Repository.sample(server, app, "procfile");
    server.dokku("builder:set", app, "selected", "null").succeeded();
    repository.push();

    assertThat(server.dokku("buildpacks:detect", app, "--branch", "nope").failed().err())
        .contains("Unable to checkout bare git repository: ");
  }
}
