package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Pushes that meet each other, and pushes whose client goes away. Attack A40. */
final class PushesAtOnceIT {
  private static final Duration SOON = Duration.ofSeconds(90);

  @AutoClose private static final Server server = Server.launch();

  @Test
  void theSecondOfTwoPushesToOneAppIsToldWhoHoldsTheLease() throws Exception {
    String app = server.newApp("twice");
    Repository first = slow(Repository.of(server, app), "first");
    Process pushing = first.startGit("push", "dokku", "master");
    Host.await("the first push builds", SOON, () -> server.dokku("apps:locked", app).status() == 0);

    Repository second = Repository.copyOf(first, "second");
    second.write("page.txt", "second").commit("Another");
    Ran refused = second.git("push", "dokku", "master:master").failed();

    assertThat(refused.all())
        .contains(app + " currently has a deploy lock in place. Exiting...")
        .contains("Run 'apps:unlock' to release the existing deploy lock")
        .containsPattern("Build [0-9a-z]{14} holds it since 20[^ ]+Z, started by git-hook");
    assertThat(pushing.waitFor()).isZero();
    assertThat(server.get(app, "/").body()).isEqualTo("first\n");
    assertThat(server.dokku("apps:locked", app).status())
        .as("the lease is free again")
        .isEqualTo(1);
  }

  @Test
  void aClientThatIsKilledDoesNotStopTheDeploy() {
    String app = server.newApp("gone");
    Repository repository = slow(Repository.of(server, app), "went on");
    Process pushing = repository.startGit("push", "dokku", "master");
    Host.await("the push builds", SOON, () -> server.dokku("apps:locked", app).status() == 0);

    pushing.descendants().forEach(ProcessHandle::destroyForcibly);
    pushing.destroyForcibly();

    Host.await("the deploy ends", SOON, () -> server.get(app, "/").body().equals("went on\n"));
    Host.await(
        "the branch moves",
        SOON,
        () ->
            repository
                .git("ls-remote", "dokku", "refs/heads/master")
                .out()
                .contains(repository.git("rev-parse", "HEAD").out().strip()));
    assertThat(server.dokku("apps:locked", app).status()).isEqualTo(1);
  }

  @Test
  void tenAppsPushedAtOnceAllServe() throws Exception {
    List<String> apps = new ArrayList<>();
    List<Callable<Ran>> pushes = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      String app = server.newApp("ten" + i);
      Repository repository = Repository.of(server, app);
      repository.write("page.txt", app).commit("Its own page");
      apps.add(app);
      pushes.add(repository::push);
    }
    try (ExecutorService all = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Ran> push : all.invokeAll(pushes)) {
        push.get().succeeded();
      }
    }
    for (String app : apps) {
      assertThat(server.get(app, "/").body()).isEqualTo(app + "\n");
    }
  }

  @Test
  void anAppDestroyedDuringItsDeployLeavesNothing() throws Exception {
    String app = server.newApp("destroyed");
    Repository repository = slow(Repository.of(server, app), "never seen");
    Process pushing = repository.startGit("push", "dokku", "master");
    Host.await("the push builds", SOON, () -> server.dokku("apps:locked", app).status() == 0);

    server.dokku("--force", "apps:destroy", app).succeeded();

    assertThat(pushing.waitFor()).isNotZero();
    Host.await(
        "no container is left",
        SOON,
        () ->
            server
                .docker("ps", "-aq", "--filter", "label=com.dokku.app-name=" + app)
                .out()
                .isEmpty());
    assertThat(server.dokku("apps:exists", app).status()).isEqualTo(20);
    assertThat(server.root().resolve(app)).doesNotExist();
  }

  private static Repository slow(Repository repository, String page) {
    String dockerfile = Server.read(repository.folder().resolve("Dockerfile"));
    repository.write("Dockerfile", dockerfile.replace("COPY . .", "COPY . .\nRUN sleep 6"));
    repository.write("page.txt", page).commit("Takes its time to build");
    return repository;
  }
}
