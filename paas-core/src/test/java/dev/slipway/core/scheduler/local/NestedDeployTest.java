package dev.slipway.core.scheduler.local;

import static dev.slipway.core.scheduler.local.World.BLOG;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.core.call.Call;
import dev.slipway.core.engine.Container;
import dev.slipway.core.locks.InvocationTrees;
import dev.slipway.core.triggers.CoreTriggers;
import dev.slipway.core.triggers.Trigger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Hooks that change the app that is just being deployed. */
@Timeout(60)
final class NestedDeployTest {
  private final FakeEngine engine = new FakeEngine();
  @TempDir private Path folder;
  private World world;

  @BeforeEach
  void setUp() {
    world = new World(folder, engine);
    engine.image("dokku/blog:latest", "sha256:" + "1".repeat(64), Map.of());
    world.releaseAndDeploy();
    engine.acts.clear();
  }

  @AfterEach
  void tearDown() {
    world.close();
  }

  private void setFrom(Trigger trigger, String key) {
    Set<String> once = ConcurrentHashMap.newKeySet();
    world.on(
        "zz-nested",
        trigger,
        inv -> {
          if (once.add(key)) {
            Call nested = world.nested(inv.call());
            try (InvocationTrees.Membership _ = world.trees.enter(nested)) {
              world.triggers.fire(nested, CoreTriggers.CONFIG_SET, BLOG, key + "=1");
            }
          }
        });
  }

  private void deployAsTheGateDoes() {
    Call call = world.call();
    try (InvocationTrees.Membership _ = world.trees.enter(call)) {
      world.triggers.fire(call, CoreTriggers.RELEASE_AND_DEPLOY, BLOG);
    }
  }

  private Map<String, String> runningEnvironment() {
    String id = world.id(SwitchFacts.instance("web.1"));
    assertThat(engine.container(id).filter(Container::isRunning)).isPresent();
    return java.util.Objects.requireNonNull(engine.specs.get(id)).environment();
  }

  private long created() {
    return engine.acts.stream().filter(act -> act.startsWith("create")).count();
  }

  @Test
  void aChangeBeforeTheFirstContainerIsTakenAlong() {
    setFrom(CoreTriggers.POST_RELEASE_BUILDER, "EARLY");
    deployAsTheGateDoes();

    assertThat(created()).isEqualTo(1);
    assertThat(runningEnvironment()).containsEntry("EARLY", "1");
  }

  @Test
  void laterChangesLeadToOneMoreRestartAtTheEnd() {
    setFrom(CoreTriggers.POST_CONTAINER_CREATE, "ONE");
    setFrom(CoreTriggers.CHECK_DEPLOY, "TWO");
    setFrom(CoreTriggers.POST_DEPLOY, "THREE");
    deployAsTheGateDoes();

    assertThat(created()).isEqualTo(2);
    assertThat(runningEnvironment()).containsKeys("ONE", "TWO", "THREE");
    assertThat(world.locks.isHeld(BLOG)).isFalse();
    assertThat(world.journal.unfinished()).isEmpty();
  }

  @Test
  void everyTriggerMayChangeTheApp() {
    List<Trigger> all = new ArrayList<>();
    for (Trigger each :
        List.of(
            CoreTriggers.BUILDER_RELEASE,
            CoreTriggers.POST_RELEASE_BUILDER,
            CoreTriggers.POST_CONTAINER_CREATE,
            CoreTriggers.CHECK_DEPLOY,
            CoreTriggers.NETWORK_WRITE_IPADDR,
            CoreTriggers.NETWORK_WRITE_PORT,
            CoreTriggers.SCHEDULER_REGISTER_RETIRED,
            CoreTriggers.SCHEDULER_POST_DEPLOY_PROCESS,
            CoreTriggers.CORE_POST_DEPLOY,
            CoreTriggers.POST_DEPLOY)) {
      setFrom(each, "K_" + each.name().replace('-', '_'));
      all.add(each);
    }
    deployAsTheGateDoes();

    assertThat(runningEnvironment()).hasSize(all.size());
    assertThat(created()).isLessThanOrEqualTo(3);
  }

  @Test
  void aChangeThatTheDeployCouldNotTakeAlongIsMadeGoodAfterItsFailure() {
    setFrom(CoreTriggers.POST_RELEASE_BUILDER, "EARLY");
    Set<String> first = ConcurrentHashMap.newKeySet();
    engine.crashes = spec -> first.add("crash");
    Call call = world.call();
    try (InvocationTrees.Membership _ = world.trees.enter(call)) {
      world.triggers.fire(call, CoreTriggers.RELEASE_AND_DEPLOY, BLOG);
    } catch (dev.slipway.core.error.UserError expected) {
      assertThat(expected.exitCode()).isEqualTo(1);
    }

    assertThat(runningEnvironment()).containsEntry("EARLY", "1");
  }
}
