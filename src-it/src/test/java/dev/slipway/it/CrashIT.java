package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.core.journal.Step;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The daemon is killed while pushes stand at each step of the journal, one app a step; the next
 * start undoes those that had not begun to switch, and finishes the others.
 */
@Tag(Soak.TAG)
final class CrashIT {
  private static final int ROUNDS = Soak.size(1, 5);
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final Duration PATIENCE = Duration.ofSeconds(150);
  private static final String FIRST = "Hello, World!\n";
  private static final String SECOND = "Second version\n";
  private static final HeldDaemon HELD = new HeldDaemon();

  @AutoClose private static final Server server = Server.launch(Map.of(), HELD);
  private static final LeftOvers left = new LeftOvers(server);

  /**
   * @param before the commit that the server has; empty if none
   */
  private record Victim(Step step, String app, Repository repository, String before) {
    boolean isFinished() {
      return step.compareTo(Step.SWITCHING) >= 0;
    }
  }

  @Test
  void aSecondDeployIsUndoneBeforeTheSwitchAndFinishedFromItOn() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      cutOffSecondDeploys();
    }
  }

  private static void cutOffSecondDeploys() throws Exception {
    List<Victim> victims = new ArrayList<>();
    for (Step step : Step.values()) {
      String app = server.newApp("again-" + step.name().toLowerCase(Locale.ROOT));
      Repository repository = Repository.of(server, app);
      victims.add(new Victim(step, app, repository, head(repository)));
    }
    pushAll(victims);
    for (Victim victim : victims) {
      victim.repository().write("page.txt", SECOND.strip()).commit("Second version");
    }

    try (Visitor visitor = Visitor.of(server, victims.stream().map(Victim::app).toList())) {
      cutOff(victims);
      visitor.close();
      assertThat(visitor.pages()).containsOnly(FIRST, SECOND);
    }

    checkAll(victims, FIRST);
    pushTheNext(victims);
  }

  @Test
  void aFirstDeployIsUndoneBeforeTheSwitchAndFinishedFromItOn() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      cutOffFirstDeploys();
    }
  }

  private static void cutOffFirstDeploys() throws Exception {
    List<Victim> victims = new ArrayList<>();
    for (Step step : Step.values()) {
      String app = server.newApp("new-" + step.name().toLowerCase(Locale.ROOT));
      Repository repository = Repository.of(server, app);
      repository.write("page.txt", SECOND.strip()).commit("Second version");
      victims.add(new Victim(step, app, repository, ""));
    }

    cutOff(victims);

    checkAll(victims, "");
    pushTheNext(victims);
  }

  /** Pushes all, kills the daemon when each stands at its step, and starts it again. */
  private static void cutOff(List<Victim> victims) throws Exception {
    HELD.held(true);
    server.stopDaemon();
    server.startDaemonAgain();
    List<Process> pushes = new ArrayList<>();
    for (Victim victim : victims) {
      HeldDaemon.stopAt(server, victim.app(), victim.step());
      pushes.add(victim.repository().startGit("push", "dokku", "master"));
    }
    for (Victim victim : victims) {
      Host.await(
          victim.step() + " is reached",
          PATIENCE,
          () -> HeldDaemon.isReached(server, victim.app()));
    }
    List<Path> directories = left.workDirectories();
    assertThat(directories).isNotEmpty();

    server.killDaemon();
    for (Process push : pushes) {
      assertThat(push.waitFor()).as("the push that is cut off").isNotZero();
    }
    HELD.held(false);
    server.startDaemonAgain();
    Host.await("all is recovered", SOON, () -> left.journals().isEmpty());

    assertThat(directories).allSatisfy(directory -> assertThat(directory).doesNotExist());
  }

  private static void checkAll(List<Victim> victims, String before) throws IOException {
    SoftAssertions softly = new SoftAssertions();
    for (Victim victim : victims) {
      String app = victim.app();
      boolean serves = victim.isFinished() || !before.isEmpty();
      softly
          .assertThat(serverHead(victim.repository()))
          .as("the branch at %s", victim.step())
          .isEqualTo(victim.isFinished() ? head(victim.repository()) : victim.before());
      RawHttp.Answer answer = server.get(app, "/");
      if (serves) {
        softly
            .assertThat(answer.body())
            .as("the page at %s", victim.step())
            .isEqualTo(victim.isFinished() ? SECOND : before);
      } else {
        softly.assertThat(answer.status()).as("the status at %s", victim.step()).isEqualTo(502);
      }
      List<String> names = serves ? List.of(app + ".web.1") : List.of();
      awaitContainers(softly, victim, names);
      softly
          .assertThat(imagesOfContainersAndName(app))
          .as("the image at %s", victim.step())
          .hasSize(serves ? 1 : 0);
      awaitNothingLeft(softly, victim);
      softly
          .assertThat(left.buildRecords(app))
          .as("builds at %s", victim.step())
          .isNotEmpty()
          .noneMatch(record -> record.contains("running"));
    }
    softly.assertAll();
  }

  private static void awaitContainers(SoftAssertions softly, Victim victim, List<String> names) {
    try {
      Host.await("retired", SOON, () -> left.containers(victim.app()).equals(names));
    } catch (AssertionError late) {
      softly
          .assertThat(left.containers(victim.app()))
          .as("containers at %s", victim.step())
          .isEqualTo(names);
    }
  }

  private static void pushTheNext(List<Victim> victims) throws Exception {
    for (Victim victim : victims) {
      victim.repository().write("page.txt", "Third version").commit("Third version");
    }
    pushAll(victims);
    for (Victim victim : victims) {
      assertThat(server.get(victim.app(), "/").body())
          .as("the page after %s", victim.step())
          .isEqualTo("Third version\n");
    }
  }

  private static void pushAll(List<Victim> victims) throws Exception {
    List<Callable<Ran>> pushes = new ArrayList<>();
    victims.forEach(victim -> pushes.add(victim.repository()::push));
    try (ExecutorService all = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Ran> push : all.invokeAll(pushes)) {
        push.get().succeeded();
      }
    }
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

  /** One, if the app's name and its container mean the same image. */
  private static List<String> imagesOfContainersAndName(String app) {
    List<String> found = new ArrayList<>();
    found.add(server.docker("image", "inspect", "-f", "{{.Id}}", "dokku/" + app).out().strip());
    for (String name : left.containers(app)) {
      found.add(server.docker("inspect", "-f", "{{.Image}}", name).out().strip());
    }
    return found.stream().filter(id -> !id.isEmpty()).distinct().toList();
  }

  /** The daemon that runs now may be writing a file this very moment; what was left stays. */
  private static void awaitNothingLeft(SoftAssertions softly, Victim victim) throws IOException {
    try {
      Host.await("nothing is left", SOON, () -> left.none(victim.app()));
    } catch (AssertionError late) {
      softly.assertThat(left.files(victim.app())).as("left over at %s", victim.step()).isEmpty();
    }
  }
}
