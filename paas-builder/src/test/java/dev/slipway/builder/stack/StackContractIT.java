package dev.slipway.builder.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.core.testing.DumbGitServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Buildpacks of others, the environment of builds and processes, and how builds fail. Spec: 03
 * section 5.2, 6 and 8.
 */
@SuppressWarnings("NullAway.Init") // the fields are set before each test
class StackContractIT {
  @TempDir Path folder;

  private Path files;
  private StackApp app;

  @BeforeEach
  void makeApp() throws IOException {
    files = Files.createDirectory(folder.resolve("app"));
    app = new StackApp(files, Files.createDirectory(folder.resolve("env")));
  }

  @AfterEach
  void removeApp() {
    app.close();
  }

  private void write(String name, String text) throws IOException {
    Path file = files.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private DumbGitServer server() throws IOException {
    String gateway =
        StackApp.docker("network", "inspect", "bridge", "-f", "{{(index .IPAM.Config 0).Gateway}}")
            .output()
            .strip();
    return new DumbGitServer(Files.createDirectory(folder.resolve("served")), gateway);
  }

  /** A buildpack that shows what it is given. */
  private Path curious() throws IOException {
    Path bin = Files.createDirectories(folder.resolve("curious/bin"));
    Files.writeString(bin.resolve("detect"), "#!/bin/sh\necho Curious\n");
    Files.writeString(
        bin.resolve("compile"),
        """
        #!/bin/sh
        set -e
        echo "-----> Looking around"
        echo "as $(whoami) in $HOME"
        echo "secret: $(cat "$3/SECRET") env: ${SECRET:-not in the environment}"
        echo "cache: $(cat "$2/mark" 2>/dev/null || echo empty)"
        echo kept >"$2/mark"
        mkdir -p "$1/.profile.d"
        echo 'export FROM_PROFILE="profile of $HOME"' >"$1/.profile.d/curious.sh"
        echo 'export TOLD=yes' >"$(dirname "$0")/../export"
        """);
    Files.writeString(
        bin.resolve("release"),
        """
        #!/bin/sh
        cat <<END
        ---
        addons: []
        config_vars:
          COLOUR: "deep blue"
        default_process_types:
          web: echo "web in $COLOUR, $FROM_PROFILE"
          worker: 'echo "it''s a worker"'
        END
        """
            .replace("$COLOUR", "\\$COLOUR")
            .replace("$FROM_PROFILE", "\\$FROM_PROFILE"));
    return folder.resolve("curious");
  }

  @Test
  void aBuildpackFromGitIsGivenTheInterfaceThatBuildpacksKnow() throws Exception {
    try (DumbGitServer server = server()) {
      String url = server.publish("acme/curious", curious());
      write(".buildpacks", "# ours\n" + url + "#" + server.commit("acme/curious") + "\n");
      app.with("SECRET", "s3cret\nof two lines");

      Said first = app.build().well();
      Said second = app.build().well();

      assertThat(first.output())
          .contains(
              """
              -----> Fetching custom buildpack acme/curious
              -----> Curious app detected
              -----> Looking around
                     as herokuishuser in /app
                     secret: s3cret
                     of two lines env: not in the environment
                     cache: empty
              -----> Discovering process types
                     Default types for Curious -> web, worker
              """);
      assertThat(second.output()).contains("       cache: kept\n");
      assertThat(app.run("/start", "web").well().output())
          .isEqualTo("web in deep blue, profile of /app\n");
      assertThat(app.run("/start", "worker").well().output()).isEqualTo("it's a worker\n");
    }
  }

  @Test
  void buildpackUrlOfTheBuildsVariablesWinsOverTheFile() throws Exception {
    try (DumbGitServer server = server()) {
      write(".buildpacks", "https://example.invalid/acme/other\n");
      write("index.html", "a page");
      app.with("SECRET", "x").with("BUILDPACK_URL", server.publish("acme/curious", curious()));

      assertThat(app.build().well().output())
          .contains("-----> Fetching custom buildpack acme/curious\n-----> Curious app detected\n")
          .doesNotContain("other");
    }
  }

  @Test
  void thePerlBuildpackOfAnotherRepositoryBuildsAMojoliciousApp() throws Exception {
    try (DumbGitServer server = server()) {
      Files.delete(files);
      StackLanguagesIT.copyTree(Path.of("../src-it/apps/perl"), files);
      String url =
          server.publish(
              "acme/perl-procfile", Path.of("../src-it/buildpacks/perl-procfile").toRealPath());
      write(".buildpacks", url + "\n");

      assertThat(app.build().well().output())
          .containsSubsequence(
              "-----> Fetching custom buildpack acme/perl-procfile\n",
              "-----> Perl/Procfile app detected\n",
              "-----> Installing dependencies\n",
              "-----> Discovering process types\n",
              "       Procfile declares types -> web, minion\n");
      assertThat(app.get(app.start("web"), "/").body()).isEqualTo("Hello, World!");
    }
  }

  @Test
  void addressesThatWouldReadTheContainerAreRefused() throws Exception {
    for (String url : new String[] {"file:///tmp/x", "ext::sh -c id", "-u/x", "/tmp/x"}) {
      write(".buildpacks", url + "\n");

      Said said = app.build();

      assertThat(said.status()).isNotZero();
      assertThat(said.output()).contains(" !     Not the address of a buildpack: ");
    }
  }

  @Test
  void aBuildpackThatFailsEndsTheBuildAndSaysWhichOne() throws Exception {
    try (DumbGitServer server = server()) {
      Path bin = Files.createDirectories(folder.resolve("failing/bin"));
      Files.writeString(bin.resolve("detect"), "#!/bin/sh\necho Failing\n");
      Files.writeString(bin.resolve("compile"), "#!/bin/sh\necho why >&2\nexit 7\n");
      write(".buildpacks", server.publish("acme/failing", folder.resolve("failing")) + "\n");

      Said said = app.build();

      assertThat(said.status()).isNotZero();
      assertThat(said.output())
          .endsWith(
              """
                     why
               !     The buildpack for Failing failed (exit code 7); its last lines above say why
              """);
    }
  }

  @Test
  void aDependencyThatIsNotThereIsNamedAndTheWayOutToo() throws Exception {
    write("requirements.txt", "slipway-no-such-package==99\n");

    Said said = app.build();

    assertThat(said.status()).isNotZero();
    assertThat(said.output())
        .contains("No matching distribution found for slipway-no-such-package==99")
        .contains(" !     pip could not install what requirements.txt names.");
  }

  @Test
  void anAppThatNoBuildpackKnowsIsToldWhatWouldBeKnown() throws Exception {
    write("README", "nothing else");

    Said said = app.build();

    assertThat(said.status()).isNotZero();
    assertThat(said.output()).startsWith(" !     Unable to select a buildpack\n");
  }

  @Test
  void processesGetTheEnvironmentAndNoRoot() throws Exception {
    write("Procfile", "web: echo \"$PS on $PORT as $(id -un)\"; exit 3 # the end\n");
    write(".profile.d/one.sh", "export ONE=1");
    app.with("FROM_BUILD", "kept");
    app.build().well();

    Said web = app.run("/start", "web");
    assertThat(web.output()).isEqualTo("web on 5000 as herokuishuser\n");
    assertThat(web.status()).isEqualTo(3);
    assertThat(app.run("/exec", "sh", "-c", "echo $ONE $FROM_BUILD $PWD $(id -u)").output())
        .isEqualTo("1 kept /app 32767\n");
    Said unknown = app.run("/start", "worker");
    assertThat(unknown.status()).isEqualTo(1);
    assertThat(unknown.output())
        .isEqualTo(" !     Proc entrypoint worker does not exist. Please check your Procfile\n");
  }

  @Test
  void theCommandTellsOfItselfAndOfProcfiles() throws Exception {
    write("Procfile", "web: run \"$PORT\"\n");
    app.build().well();

    assertThat(app.run("herokuish", "buildpack", "list").output())
        .isEqualTo("nodejs\npython\njava\nphp\ngo\nperl\nstatic\nprocfile\n");
    assertThat(app.run("herokuish", "procfile", "parse", "web").output())
        .isEqualTo("run \"$PORT\"\n");
    assertThat(app.run("herokuish", "buildpack", "detect").output()).isEqualTo("procfile\n");
    assertThat(app.run("herokuish", "paths").output()).contains("APP_PATH=/app ");
  }
}
