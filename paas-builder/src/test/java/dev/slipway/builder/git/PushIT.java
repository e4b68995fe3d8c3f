package dev.slipway.builder.git;

import static dev.slipway.core.triggers.CoreTriggers.APP_EXISTS;
import static dev.slipway.core.triggers.CoreTriggers.APP_MAYBE_CREATE;
import static dev.slipway.core.triggers.CoreTriggers.BUILDER_BUILD;
import static dev.slipway.core.triggers.CoreTriggers.BUILDER_SET_PROPERTY;
import static dev.slipway.core.triggers.CoreTriggers.BUILDS_RECORD_FINALIZE;
import static dev.slipway.core.triggers.CoreTriggers.CORE_POST_EXTRACT;
import static dev.slipway.core.triggers.CoreTriggers.DEPLOY_SOURCE_SET;
import static dev.slipway.core.triggers.CoreTriggers.POST_EXTRACT;
import static dev.slipway.core.triggers.CoreTriggers.PRE_RECEIVE_APP;
import static dev.slipway.core.triggers.CoreTriggers.RELEASE_AND_DEPLOY;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.core.model.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pushes with the real git, through the wire and the hook, with a builder that only looks. */
class PushIT {
  @TempDir Path folder;
  private PushServer server = new PushServer(Path.of("/"));

  @BeforeEach
  void start() throws Exception {
    server = new PushServer(folder);
    server.start();
  }

  @Test
  void buildsWhatIsPushedToTheDeployBranchAndMovesTheRef() throws Exception {
    server.installation.watch(DEPLOY_SOURCE_SET);
    String commit = server.commit("Procfile", "web: run\n");

    GitRun push = server.push("master");

    assertThat(push.status()).as(push.output()).isZero();
    assertThat(push.output()).contains("remote: -----> Cleaning up...", "remote: built Procfile");
    assertThat(server.ref("refs/heads/master")).isEqualTo(commit);
    assertThat(server.built()).containsExactly("Procfile");
    assertThat(server.installation.fired())
        .contains("deploy-source-set app git-push " + commit)
        .contains("config-set --no-restart app GIT_REV=" + commit);
    assertThat(server.pins()).isEmpty();
    assertThat(server.workDirectories()).isEmpty();
    assertThat(server.installation.roots.data("ps").resolve("app"))
        .isDirectoryContaining("glob:**");
  }

  @Test
  void firesTheTriggersOfABuildInOrder() throws Exception {
    server.installation.watch(
        APP_EXISTS,
        CORE_POST_EXTRACT,
        POST_EXTRACT,
        PRE_RECEIVE_APP,
        BUILDER_SET_PROPERTY,
        BUILDER_BUILD,
        RELEASE_AND_DEPLOY,
        BUILDS_RECORD_FINALIZE,
        DEPLOY_SOURCE_SET);
    server.commit("file", "x");
    server.push("master");

    assertThat(server.installation.fired().stream().map(each -> each.split(" ")[0]))
        .containsSubsequence(
            "app-exists",
            "config-set",
            "app-exists",
            "core-post-extract",
            "post-extract",
            "pre-receive-app",
            "builder-set-property",
            "builder-build",
            "release-and-deploy",
            "builds-record-finalize",
            "deploy-source-set");
  }

  @Test
  void leavesRefAndObjectsAloneWhenTheBuildFails() throws Exception {
    String secret = server.commit("secret", "do not keep");
    server.failBuild = true;

    GitRun push = server.push("master");

    assertThat(push.status()).isNotZero();
    assertThat(push.output())
        .contains("remote:  !     App build failed")
        .contains("! [remote rejected] master -> master (pre-receive hook declined)");
    assertThat(server.ref("refs/heads/master")).isEmpty();
    assertThat(server.hasObject(secret)).isFalse();
    assertThat(server.pins()).isEmpty();
    assertThat(server.workDirectories()).isEmpty();
    assertThat(server.lockFile()).doesNotExist();
    assertThat(server.fetch(secret).status()).isNotZero();
  }

  @Test
  void keepsARepositoryBesideTheSourceWhereItIsAskedFor() throws Exception {
    server.installation.store.set("git", Scope.of(PushServer.APP), "keep-git-dir", "true");
    List<String> seen = new ArrayList<>();
    server.installation.handlers.on(
        "looker",
        CORE_POST_EXTRACT,
        at -> {
          Path source = Path.of(at.argument(1));
          seen.add(look(source, "log", "--format=%H"));
          seen.add(look(source, "status", "--porcelain"));
          seen.add(look(source, "symbolic-ref", "HEAD"));
        });
    String first = server.commit("file", "x");
    assertThat(server.push("master").status()).isZero();
    String second = server.commit("file", "y");
    assertThat(server.push("master").status()).isZero();

    assertThat(seen)
        .containsExactly(
            first, "", "refs/heads/master", second + "\n" + first, "", "refs/heads/master");
  }

  private String look(Path source, String... words) {
    try {
      return server.git(source, words).output().strip();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void pushesAgainAfterAFailure() throws Exception {
    server.commit("file", "x");
    server.failBuild = true;
    server.push("master");
    server.failBuild = false;

    assertThat(server.push("master").status()).isZero();
  }

  @Test
  void refusesAPushWhileTheAppIsLocked() throws Exception {
    server.commit("file", "x");
    Files.createDirectories(server.lockFile().getParent());
    Files.createFile(server.lockFile());

    GitRun push = server.push("master");

    assertThat(push.output())
        .contains("remote:  !     app currently has a deploy lock in place. Exiting...")
        .contains("remote:  !     Run 'apps:unlock' to release the existing deploy lock")
        .contains("pre-receive hook declined");
    assertThat(server.lockFile()).isEmptyFile();
  }

  @Test
  void takesTheFirstBranchAsDeployBranchWhereNoneIsSet() throws Exception {
    String commit = server.commit("file", "x");

    GitRun push = server.push("master:main");

    assertThat(push.output()).contains("-----> Set main as deploy-branch");
    assertThat(server.installation.store.get("git", Scope.of(PushServer.APP), "deploy-branch"))
        .contains("main");
    assertThat(server.ref("refs/heads/main")).isEqualTo(commit);
  }

  @Test
  void acceptsAnotherBranchWithAWarningAndBuildsNothing() throws Exception {
    server.installation.store.set("git", Scope.of(PushServer.APP), "deploy-branch", "live");
    String commit = server.commit("file", "x");

    GitRun push = server.push("master:topic");

    assertThat(push.status()).isZero();
    assertThat(push.output())
        .contains("WARNING: deploy did not complete, you must push to live.")
        .contains("for example, try 'git push <dokku> topic:live'");
    assertThat(server.ref("refs/heads/topic")).isEqualTo(commit);
    assertThat(server.built()).isEmpty();
  }

  @Test
  void refusesToDeleteTheDeployBranch() throws Exception {
    String commit = server.commit("file", "x");
    server.push("master");

    GitRun push = server.push(":master");

    assertThat(push.output()).contains("The deploy branch cannot be deleted: master");
    assertThat(server.ref("refs/heads/master")).isEqualTo(commit);
  }

  @Test
  void neverShowsAndNeverTakesItsOwnRefs() throws Exception {
    server.commit("file", "x");
    server.push("master");
    server.serverGit("update-ref", "refs/slipway/builds/x", "refs/heads/master");

    assertThat(server.listRefs().output()).contains("refs/heads/master").doesNotContain("slipway");
    assertThat(server.push("master:refs/slipway/builds/y").status()).isNotZero();
  }

  @Test
  void checksOutHostileNamesAsTheyAre() throws Exception {
    List<String> names =
        List.of("-rf", "$(touch x)", "a\nb", "'q'", "x".repeat(200), ".gitignore", "--help");
    for (String name : names) {
      server.commit(name, "x");
    }

    GitRun push = server.push("master");

    assertThat(push.status()).as(push.output()).isZero();
    assertThat(server.built()).containsExactlyInAnyOrderElementsOf(names);
  }

  @Test
  void makesTheAppOnTheFirstPushAndAHookThatNamesIt() throws Exception {
    server.installation.watch(APP_MAYBE_CREATE);
    server.commit("file", "x");
    server.push("master");

    assertThat(server.installation.fired()).contains("app-maybe-create app");
    assertThat(Files.readString(server.repository().resolve("hooks/pre-receive"), UTF_8))
        .isEqualTo(
            "#!/usr/bin/env bash\nset -e\nset -o pipefail\ncat | DOKKU_ROOT=\""
                + server.installation.roots.dokkuRoot()
                + "\" dokku git-hook \"app\"\n");
  }

  @Test
  void keepsTheLogOfTheBuild() throws Exception {
    server.commit("file", "x");
    server.push("master");

    try (Stream<Path> files = Files.list(server.installation.roots.data("builds").resolve("app"))) {
      List<Path> all = files.toList();
      assertThat(all).hasSize(2);
      assertThat(read(all, ".log")).contains("-----> Cleaning up...\n", "built file");
      assertThat(read(all, ".json")).contains("\"status\": \"succeeded\"", "\"git-hook\"");
    }
  }

  private static String read(List<Path> files, String suffix) throws IOException {
    Path file = files.stream().filter(each -> each.toString().endsWith(suffix)).findFirst().get();
    return Files.readString(file, UTF_8);
  }

  @Test
  void rebuildsTheHeadOfTheDeployBranch() throws Exception {
    server.commit("file", "x");
    server.push("master");
    server.built().clear();

    server.rebuild();

    assertThat(server.built()).containsExactly("file");
  }

  @Test
  void runsNothingFromTheCallersEnvironment() throws Exception {
    server.commit("file", "x");
    Path evil = Files.writeString(folder.resolve("evil"), "touch " + folder.resolve("ran") + "\n");
    server.environment.put("BASH_ENV", evil.toString());
    server.environment.put("GIT_CONFIG_COUNT", "nonsense");
    server.environment.put("GIT_DIR", "/nonexistent");

    assertThat(server.push("master").status()).isZero();
    assertThat(folder.resolve("ran")).doesNotExist();
  }
}
