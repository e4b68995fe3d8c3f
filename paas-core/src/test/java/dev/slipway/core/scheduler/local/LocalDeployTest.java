package dev.slipway.core.scheduler.local;

import static dev.slipway.core.scheduler.local.World.BLOG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.core.engine.Container;
import dev.slipway.core.error.ToolFailure;
import dev.slipway.core.error.UserError;
import dev.slipway.core.model.Instance;
import dev.slipway.core.model.ProcessType;
import dev.slipway.core.model.Scope;
import dev.slipway.core.store.StateFiles.Kind;
import dev.slipway.core.triggers.CoreTriggers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LocalDeployTest {
  private static final Instance WEB = new Instance(ProcessType.WEB, 1);
  private static final Instance WORKER = new Instance(new ProcessType("worker"), 1);

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

  @Test
  void aFirstDeployPrintsWhatTheReferencePrints() {
    world.releaseAndDeploy();

    assertThat(world.printed())
        .filteredOn(line -> !line.contains("Healthcheck succeeded"))
        .filteredOn(line -> !line.startsWith("       Took "))
        .containsExactly(
            "-----> Releasing blog...",
            "=====> Processing deployment checks",
            "\u001b[1m\u001b[31m !     \u001b[0m\u001b[0mNo healthchecks found in app.json for web"
                + " process type",
            "       No web healthchecks found in app.json. Simple container checks will be"
                + " performed.",
            "       For more efficient zero downtime deployments, add healthchecks to your"
                + " app.json. See https://dokku.com/docs/deployment/zero-downtime-deploys/ for"
                + " examples",
            "-----> Deploying blog via the docker-local scheduler...",
            "-----> Deploying web (count=1)",
            "       Attempting pre-flight checks (web.1)",
            "-----> Executing 2 healthchecks",
            "       Running healthcheck name='default' type='uptime' uptime=0",
            "       Running healthcheck name='port listening check' attempts=3 port=5000 retries=2"
                + " timeout=5 type='listening' wait=5",
            "       All checks successful (web.1)",
            " !     Nothing listens on port 5000 of web.1 yet: requests will fail until it does",
            "=====> Start of blog container output (CID web.1)",
            "       said something",
            "=====> End of blog container output (CID web.1)",
            "-----> Running post-deploy",
            "-----> Renaming containers",
            "       Renaming container blog.web.1.upcoming-R (CID) to blog.web.1",
            "-----> Released dokku/blog:latest (CID)",
            "=====> Application deployed:",
            "       http://blog.example.com",
            "");
  }

  @Test
  void writesTheStateFilesAndLeavesNoJournalEntry() throws Exception {
    world.releaseAndDeploy();

    String id = world.id(WEB);
    assertThat(engine.container("blog.web.1").map(Container::id)).contains(id);
    assertThat(world.state.value(BLOG, Kind.IP, WEB)).contains("127.9.1.0");
    assertThat(world.state.value(BLOG, Kind.PORT, WEB)).contains("5000");
    assertThat(Files.readString(world.roots.app(BLOG).resolve("CONTAINER.web.1")))
        .isEqualTo(id + "\n");
    assertThat(world.properties.get("common", Scope.of(BLOG), "deployed")).contains("true");
    assertThat(world.journal.unfinished()).isEmpty();
    assertThat(world.locks.isHeld(BLOG)).isFalse();
  }

  @Test
  void whatAnEngineMadeBeforeItWentAwayIsRemovedWhenItIsBack() {
    engine.goesAwayWhileCreating = true;
    assertThatThrownBy(world::releaseAndDeploy).isInstanceOf(ToolFailure.class);
    assertThat(engine.containers(List.of())).hasSize(1);

    world.scheduler.recovery().claim();
    assertThat(world.scheduler.recovery().run(List.of())).isTrue();

    assertThat(engine.containers(List.of())).isEmpty();
    assertThat(world.journal.unfinished()).isEmpty();
    engine.goesAwayWhileCreating = false;
    world.releaseAndDeploy();
  }

  @Test
  void optionsComeInTheOrderThatPluginsKnow() {
    world.properties.set("ps", Scope.of(BLOG), "restart-policy", "always");
    world
        .on(
            "docker-options",
            CoreTriggers.DOCKER_ARGS_DEPLOY,
            inv -> inv.out().text(" -v '/a b:/c'"))
        .on(
            "docker-options",
            CoreTriggers.DOCKER_ARGS_PROCESS_DEPLOY,
            inv -> inv.out().text(" --memory=1g"));
    world.releaseAndDeploy();

    List<String> options = engine.specs.values().iterator().next().options();
    assertThat(options.subList(0, options.size() - 5))
        .containsExactly(
            "-v",
            "/a b:/c",
            "--label=com.dokku.process-type=web",
            "--label=com.dokku.dyno=web.1",
            "--env=DYNO=web.1",
            "--init",
            "--label=com.dokku.app-name=blog",
            "--label=com.dokku.container-type=deploy",
            "--label=org.label-schema.schema-version=1.0",
            "--label=org.label-schema.vendor=dokku",
            "--label=dokku",
            "--memory=1g",
            "--restart=always",
            "--env=PORT=5000");
    assertThat(options.getLast()).isEqualTo("--label=dev.slipway.route-address=127.9.1.0");
  }

  @Test
  void aSecondDeployLetsTheOldContainerGoOnlyAfterTheNewOneServes() {
    world.releaseAndDeploy();
    String old = world.id(WEB);
    world.recording(
        CoreTriggers.CHECK_DEPLOY,
        CoreTriggers.SCHEDULER_REGISTER_RETIRED,
        CoreTriggers.NETWORK_WRITE_IPADDR,
        CoreTriggers.SCHEDULER_POST_DEPLOY_PROCESS,
        CoreTriggers.CORE_POST_DEPLOY,
        CoreTriggers.POST_DEPLOY);
    world.printed();

    world.releaseAndDeploy();

    assertThat(world.fired.stream().map(line -> line.split(" ")[0]).distinct())
        .containsExactly(
            "check-deploy",
            "scheduler-register-retired",
            "network-write-ipaddr",
            "scheduler-post-deploy-process",
            "core-post-deploy",
            "post-deploy");
    assertThat(world.id(WEB)).isNotEqualTo(old);
    assertThat(world.state.value(BLOG, Kind.IP, WEB)).contains("127.9.1.1");
    assertThat(world.printed())
        .containsSubsequence(
            "       Scheduling old container shutdown in 60 seconds (web.1)",
            "-----> Running post-deploy",
            "-----> Renaming containers",
            "       Found previous container(s) (CID) named blog.web.1",
            "       Renaming container (CID) blog.web.1 to blog.web.1.TIME",
            "       Renaming container blog.web.1.upcoming-R (CID) to blog.web.1",
            "-----> Shutting down old containers in 60 seconds",
            "=====> Application deployed:");
    assertThat(new RetirementQueue(world.roots, world.files).hasContainer(old)).isTrue();
  }

  @Test
  void aWorkerThatFailsLeavesTheOldWebServing() {
    world.properties.setList("ps", Scope.of(BLOG), "scale", List.of("web=1", "worker=1"));
    world.releaseAndDeploy();
    Map<Instance, String> before = Map.copyOf(world.state.containers(BLOG));
    engine.crashes = spec -> spec.name().contains(".worker.");
    world.printed();

    assertThatThrownBy(world::releaseAndDeploy).isInstanceOf(UserError.class);

    assertThat(world.state.containers(BLOG)).isEqualTo(before);
    assertThat(engine.running()).extracting(Container::id).containsAll(before.values());
    assertThat(engine.running()).hasSize(2);
    assertThat(world.printed())
        .containsSubsequence(
            "\u001b[1m\u001b[31m !     \u001b[0m\u001b[0mContainer state: exited",
            "ID",
            "\u001b[1m\u001b[31m !     \u001b[0m\u001b[0mThe container ended with exit code 3",
            "\u001b[1m\u001b[31m !     \u001b[0m\u001b[0mCould not start due to 1 failed checks"
                + " (worker.1)",
            "=====> Start of blog container output (CID worker.1)");
    assertThat(world.journal.unfinished()).isEmpty();
    assertThat(folder.resolve("lib/data/scheduler-docker-local/blog/failed-containers"))
        .content()
        .matches("[0-9a-f]{64} worker\\.1\n");
  }

  @Test
  void aRefusedRouteTakesTheStateFilesBack() {
    world.releaseAndDeploy();
    Map<Instance, String> before = Map.copyOf(world.state.containers(BLOG));
    String old = world.id(WEB);
    Optional<String> address = world.state.value(BLOG, Kind.IP, WEB);
    AtomicBoolean refuses = new AtomicBoolean(true);
    world.on(
        "nginx-vhosts",
        CoreTriggers.SCHEDULER_POST_DEPLOY_PROCESS,
        inv -> {
          if (refuses.get()) {
            throw new ToolFailure("nginx: [emerg] no");
          }
        });

    assertThatThrownBy(world::releaseAndDeploy).hasMessageContaining("[emerg]");

    assertThat(world.state.containers(BLOG)).isEqualTo(before);
    assertThat(world.state.value(BLOG, Kind.IP, WEB)).isEqualTo(address);
    assertThat(engine.container(old).orElseThrow().isRunning()).isTrue();
    assertThat(new RetirementQueue(world.roots, world.files).hasContainer(old)).isFalse();
  }

  @Test
  void whatCannotBeTakenBackIsLeftToRecovery() {
    world.releaseAndDeploy();
    String old = world.id(WEB);
    AtomicBoolean refuses = new AtomicBoolean(true);
    for (var trigger :
        List.of(CoreTriggers.SCHEDULER_POST_DEPLOY_PROCESS, CoreTriggers.PROXY_BUILD_CONFIG)) {
      world.on(
          "nginx-vhosts",
          trigger,
          inv -> {
            if (refuses.get()) {
              throw new ToolFailure("the proxy is away");
            }
          });
    }

    assertThatThrownBy(world::releaseAndDeploy).hasMessageContaining("is away");

    assertThat(world.id(WEB)).isEqualTo(old);
    assertThat(world.journal.unfinished()).hasSize(1);
    refuses.set(false);
    world.scheduler.recovery().claim();
    assertThat(world.scheduler.recovery().run(List.of())).isTrue();
    assertThat(world.journal.unfinished()).isEmpty();
    assertThat(engine.running()).extracting(Container::id).containsExactly(old);
  }

  @Test
  void aReleaseWhosePostDeployHookFailsIsLiveAllTheSame() throws Exception {
    world.on(
        "zz-hook",
        CoreTriggers.POST_DEPLOY,
        inv -> {
          throw new UserError("hook failed");
        });

    assertThatThrownBy(world::releaseAndDeploy).hasMessageContaining("hook failed");

    assertThat(Files.readString(folder.resolve("lib/data/slipway/releases/blog/1.json")))
        .contains("\"state\" : \"LIVE\"");
  }

  @Test
  void aNewContainerThatCannotBeRemovedIsRetiredLater() {
    world.properties.setList("ps", Scope.of(BLOG), "scale", List.of("web=1", "worker=1"));
    engine.crashes = spec -> spec.name().contains(".worker.");
    engine.refusesRemoval = true;

    assertThatThrownBy(world::releaseAndDeploy).isInstanceOf(UserError.class);

    assertThat(new RetirementQueue(world.roots, world.files).containers())
        .extracting(RetirementQueue.Entry::id)
        .containsExactlyInAnyOrderElementsOf(engine.containers.keySet());
  }

  @Test
  void scalingDownForgetsTheSurplusInNumericOrder() {
    world.properties.setList("ps", Scope.of(BLOG), "scale", List.of("web=3"));
    world.releaseAndDeploy();
    world.printed();

    world.scales.scale(world.call(), BLOG, List.of("web=1"), false);

    assertThat(world.state.containers(BLOG).keySet()).containsExactly(WEB);
    assertThat(world.state.value(BLOG, Kind.IP, new Instance(ProcessType.WEB, 2))).isEmpty();
    assertThat(world.printed())
        .containsSubsequence(
            "-----> Scaling blog processes: web=1",
            "-----> Deploying web (count=1)",
            "       Scheduling orphaned container shutdown in 60 seconds (web.2)",
            "       Scheduling orphaned container shutdown in 60 seconds (web.3)",
            "-----> Running post-deploy");
  }

  @Test
  void aContainerOfAnotherInstallationUnderOurNameIsNamedAndLeftAlone() {
    engine.put(
        new Container(
            "f".repeat(64),
            "blog.web.1",
            "x",
            "sha256:x",
            "running",
            0,
            0,
            Optional.empty(),
            false,
            Map.of("dev.slipway.installation", "0123456789abcdef"),
            Map.of()));

    assertThatThrownBy(world::releaseAndDeploy)
        .hasMessage(
            "The name blog.web.1 belongs to a container of the installation 0123456789abcdef"
                + " (ffffffffffff). Remove or rename it first");
    assertThat(engine.containers).hasSize(1);
    assertThat(engine.running()).hasSize(1);
  }

  @Test
  void aTypeThatTheProcfileLostIsSkippedAndItsContainersGo() {
    world.procfile = Map.of("web", "./web", "worker", "./worker");
    world.properties.setList("ps", Scope.of(BLOG), "scale", List.of("web=1", "worker=1"));
    world.releaseAndDeploy();
    assertThat(world.state.containers(BLOG).keySet()).containsExactly(WEB, WORKER);
    world.procfile = Map.of("web", "./web");
    world.printed();

    world.releaseAndDeploy();

    assertThat(world.printed())
        .contains(" !     Skipping worker as it is missing from the current Procfile");
    assertThat(world.state.containers(BLOG).keySet()).containsExactly(WEB);
  }

  @Test
  void disabledChecksStopTheOldContainersFirstAndBringThemBackOnFailure() {
    world.releaseAndDeploy();
    String old = world.id(WEB);
    world.properties.set("checks", Scope.of(BLOG), "disabled", "web");
    engine.beforeCreate =
        spec -> {
          assertThat(engine.container(old).orElseThrow().isRunning()).isFalse();
          throw new ToolFailure("no space left on device");
        };

    assertThatThrownBy(world::releaseAndDeploy).hasMessageContaining("no space left");

    assertThat(engine.container(old).orElseThrow().isRunning()).isTrue();
    assertThat(engine.policies).containsEntry(old, "on-failure:10");
    assertThat(new RetirementQueue(world.roots, world.files).hasContainer(old)).isFalse();
  }

  @Test
  void aMissingImageIsNamed() {
    engine.images.clear();
    assertThatThrownBy(world::releaseAndDeploy)
        .hasMessage("App image (dokku/blog:latest) not found");
  }

  @Test
  void everyDeployHasANumberedRecordThatOthersCannotRead() throws Exception {
    world.properties.set("ports", Scope.of(BLOG), "map", "");
    world.releaseAndDeploy();
    world.triggers.fire(world.call(), CoreTriggers.DEPLOY, BLOG, "latest", "");

    Path records = folder.resolve("lib/data/slipway/releases/blog");
    assertThat(records.resolve("1.json")).exists();
    assertThat(Files.readString(records.resolve("2.json")))
        .contains("\"state\" : \"LIVE\"", "\"source\" : \"deploy\"", "\"web\" : 1");
    assertThat(Files.getPosixFilePermissions(records.resolve("2.json"))).hasSize(2);
  }

  @Test
  void stoppingLeavesTheFilesAndStartingDeploysAnew() {
    world.releaseAndDeploy();
    world.printed();
    world.processes.stop(world.call(), BLOG);

    assertThat(world.printed()).containsExactly("-----> Stopping blog");
    assertThat(engine.running()).isEmpty();
    assertThat(world.state.containers(BLOG)).hasSize(1);
    assertThat(world.properties.get("ps", Scope.of(BLOG), "restore")).contains("false");

    world.processes.start(world.call(), BLOG);
    assertThat(world.printed())
        .startsWith(" !     App has been detected as not running, releasing");
    assertThat(engine.running()).hasSize(1);
    assertThat(world.properties.get("ps", Scope.of(BLOG), "restore")).contains("true");
  }

  @Test
  void destroyingLeavesNothing() {
    world.releaseAndDeploy();
    world.releaseAndDeploy();

    world.triggers.fire(world.call(), CoreTriggers.SCHEDULER_STOP, "docker-local", BLOG, "true");
    world.triggers.fire(world.call(), CoreTriggers.POST_DELETE, BLOG, "latest");

    assertThat(engine.containers).isEmpty();
    assertThat(new RetirementQueue(world.roots, world.files).containers()).isEmpty();
    assertThat(folder.resolve("lib/data/slipway/releases/blog")).doesNotExist();
    assertThat(folder.resolve("lib/config/ps/blog")).doesNotExist();
  }
}
