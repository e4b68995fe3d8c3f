package dev.slipway.core.scheduler.local;

import static dev.slipway.core.scheduler.local.World.BLOG;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.core.engine.Container;
import dev.slipway.core.model.Instance;
import dev.slipway.core.model.ProcessType;
import dev.slipway.core.model.Scope;
import dev.slipway.core.triggers.CoreTriggers;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RetirementsTest {
  private static final String IMAGE = "1".repeat(64);

  private final FakeEngine engine = new FakeEngine();
  @TempDir private Path folder;
  private World world;
  private RetirementQueue queue;

  @BeforeEach
  void setUp() {
    world = new World(folder, engine);
    queue = new RetirementQueue(world.roots, world.files);
    engine.image("dokku/blog:latest", "sha256:" + IMAGE, Map.of());
    world.releaseAndDeploy();
  }

  @AfterEach
  void tearDown() {
    world.close();
  }

  private void retire() {
    world.triggers.fire(world.call(), CoreTriggers.SCHEDULER_RETIRE, "docker-local", BLOG);
  }

  @Test
  void aQueuedContainerThatTheStateFilesNameStays() {
    String id = world.id(new Instance(ProcessType.WEB, 1));
    queue.addContainer(BLOG, id, Instant.EPOCH);

    retire();

    assertThat(engine.container(id).orElseThrow().isRunning()).isTrue();
    assertThat(queue.hasContainer(id)).isFalse();
  }

  @Test
  void theDeployedImageStaysThoughNothingRunsIt() {
    world.properties.setList("ps", Scope.of(BLOG), "scale", List.of("web=0"));
    world.triggers.fire(world.call(), CoreTriggers.DEPLOY, BLOG, "latest", "");
    engine.containers.clear();
    queue.addImage(BLOG, IMAGE, Instant.EPOCH);

    retire();

    assertThat(engine.removedImages).isEmpty();
    assertThat(queue.images()).extracting(RetirementQueue.Entry::due).doesNotContain(Instant.EPOCH);
  }

  @Test
  void aOneOffContainerThatRanLongerThanItMayGoes() {
    String expired = oneOff("a", "60");
    String young = oneOff("b", "86400");

    world.triggers.fire(world.call(), CoreTriggers.SCHEDULER_RUN_RETIRE);

    assertThat(engine.container(expired)).isEmpty();
    assertThat(engine.container(young)).isPresent();
    assertThat(world.printed())
        .contains(
            "-----> Retiring all run and cron containers", "       Retiring container " + expired);
  }

  /** One that was started ten minutes ago. */
  private String oneOff(String letter, String seconds) {
    Container web = engine.container("blog.web.1").orElseThrow();
    Map<String, String> labels = new HashMap<>(web.labels());
    labels.put(LocalLabels.CONTAINER_TYPE, "run");
    labels.put(LocalLabels.DEADLINE, seconds);
    String id = letter + "-one-off";
    engine.put(
        new Container(
            id,
            "blog.run." + letter,
            web.image(),
            web.imageId(),
            "running",
            0,
            0,
            Optional.of(Instant.now().minusSeconds(600)),
            false,
            labels,
            Map.of()));
    return id;
  }
}
