package dev.slipway.core.scheduler.local;

import static dev.slipway.core.scheduler.local.World.BLOG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.core.checks.ZeroDowntime;
import dev.slipway.core.model.Instance;
import dev.slipway.core.model.ProcessType;
import dev.slipway.core.model.Scope;
import dev.slipway.core.triggers.CoreTriggers;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The families around the scheduler: scale, checks lists, retirement, addresses. */
final class PsAndChecksTest {
  private final FakeEngine engine = new FakeEngine();
  @TempDir private Path folder;
  private World world;

  @BeforeEach
  void setUp() {
    world = new World(folder, engine);
    engine.image("dokku/blog:latest", "sha256:" + "1".repeat(64), Map.of());
  }

  @AfterEach
  void tearDown() {
    world.close();
  }

  private void scale(String... tuples) {
    world.scales.scale(world.call(), BLOG, List.of(tuples), true);
  }

  @Test
  void aTypeThatTheProcfileDoesNotHaveCannotBeScaledUp() {
    world.procfile = Map.of("web", "./web", "worker", "./worker");
    assertThatThrownBy(() -> scale("cron=1"))
        .hasMessage("cron is not a valid process name to scale up");
    scale("cron=0");

    assertThat(world.scales.current(BLOG)).isEqualTo(Map.of("cron", 0, "web", 1, "worker", 0));
    assertThat(world.properties.list("ps", Scope.of(BLOG), "scale.old")).containsExactly("cron=0");
    assertThat(world.triggers.ask(world.call(), CoreTriggers.PS_CURRENT_SCALE, BLOG))
        .isEqualTo("cron=0\nweb=1\nworker=0");
  }

  @Test
  void tuplesAreReadAsTheReferenceDoes() {
    assertThatThrownBy(() -> scale("web")).hasMessage("Missing count for process type web");
    assertThatThrownBy(() -> scale("web=x")).hasMessage("Invalid count for process type web");
    scale("web=3", "web=5");
    assertThat(world.scales.current(BLOG)).containsEntry("web", 3);
  }

  @Test
  void onlyTypesWhoseCountChangedAreDeployed() {
    world.properties.setList("ps", Scope.of(BLOG), "scale", List.of("web=1", "worker=1"));
    world.releaseAndDeploy();
    world.recording(CoreTriggers.DEPLOY);
    world.scales.scale(world.call(), BLOG, List.of("web=1", "worker=2"), false);

    assertThat(world.fired).containsExactly("deploy blog latest worker");
  }

  @Test
  void aFormationThatRulesTheScaleForbidsChangingIt() {
    world.triggers.fire(world.call(), CoreTriggers.PS_CAN_SCALE, BLOG, "false");
    assertThatThrownBy(() -> scale("web=2"))
        .hasMessage(
            "App blog contains an app.json file with a formations key and cannot be manually"
                + " scaled");
    world.triggers.fire(world.call(), CoreTriggers.PS_SET_SCALE, BLOG, "true", "true", "web=4");
    assertThat(world.scales.current(BLOG)).isEqualTo(Map.of("web", 4));
  }

  @Test
  void wholeNamesAreTakenOffTheListsOfChecks() {
    world.properties.set("checks", Scope.of(BLOG), "disabled", "webhooks,web");
    ZeroDowntime lists = new ZeroDowntime(world.properties);
    assertThat(lists.isDisabled(BLOG, ProcessType.WEB)).isTrue();

    world.checksFamily.enable(world.call(), BLOG, "web");
    assertThat(lists.isDisabled(BLOG, ProcessType.WEB)).isFalse();
    assertThat(lists.isDisabled(BLOG, new ProcessType("webhooks"))).isTrue();

    world.checksFamily.skip(world.call(), BLOG, "");
    assertThat(lists.isSkipped(BLOG, ProcessType.WEB)).isTrue();
    assertThat(world.properties.get("checks", Scope.of(BLOG), "disabled")).isEmpty();
    assertThat(world.printed())
        .containsExactly(
            "-----> Enabling zero downtime for app's (blog) proctypes (web)",
            "-----> Skipping zero downtime for app (blog)");
  }

  @Test
  void skippedChecksAreNotRun() {
    world.properties.set("checks", Scope.of(BLOG), "skipped", "_all_");
    world.releaseAndDeploy();
    assertThat(world.printed())
        .contains("=====> Zero downtime checks have been skipped (web.1)")
        .doesNotContain("-----> Executing 2 healthchecks");
  }

  @Test
  void whatIsDueIsStoppedAndRemovedAndTheRestStays() {
    world.releaseAndDeploy();
    String first = world.id(new Instance(ProcessType.WEB, 1));
    world.releaseAndDeploy();
    RetirementQueue queue = new RetirementQueue(world.roots, world.files);
    world.triggers.fire(world.call(), CoreTriggers.SCHEDULER_RETIRE, "docker-local", BLOG);
    assertThat(engine.container(first)).isPresent();

    queue.removeContainer(first);
    queue.addContainer(BLOG, first, Instant.now().minusSeconds(5));
    world.printed();
    world.triggers.fire(world.call(), CoreTriggers.SCHEDULER_RETIRE, "docker-local", BLOG);

    assertThat(engine.container(first)).isEmpty();
    assertThat(queue.containers()).isEmpty();
    assertThat(world.printed()).containsExactly("       Attempting to retire blog container ID");
  }

  @Test
  void addressesComeRoundLateAndNeverTwice() {
    AddressBook book = new AddressBook(engine, world.roots, world.files);
    world.properties.setList("ps", Scope.of(BLOG), "scale", List.of("web=2"));
    world.releaseAndDeploy();

    assertThat(book.next()).isEqualTo("127.9.1.2");
    assertThat(book.next()).isEqualTo("127.9.1.3");
    assertThat(new AddressBook(engine, world.roots, world.files).next()).isEqualTo("127.9.1.4");
    assertThat(book.next()).isEqualTo("127.9.1.5");
    assertThat(book.next()).isEqualTo("127.9.1.2");
  }

  @Test
  void aStoppedContainerIsStartedAgainAndALostOneMadeAnew() {
    world.properties.setList("ps", Scope.of(BLOG), "scale", List.of("web=1", "worker=1"));
    world.releaseAndDeploy();
    String web = world.id(new Instance(ProcessType.WEB, 1));
    String worker = world.id(SwitchFacts.instance("worker.1"));
    engine.kill(web, "KILL");
    engine.remove(worker, true);

    world.scheduler.runningApps().repairAll();

    assertThat(engine.container(web).orElseThrow().isRunning()).isTrue();
    assertThat(world.id(SwitchFacts.instance("worker.1"))).isNotEqualTo(worker);
    assertThat(engine.running()).hasSize(2);
  }

  @Test
  void anAppThatWasStoppedOnPurposeStaysStopped() {
    world.releaseAndDeploy();
    world.processes.stop(world.call(), BLOG);
    world.scheduler.runningApps().repairAll();
    assertThat(engine.running()).isEmpty();
  }
}
