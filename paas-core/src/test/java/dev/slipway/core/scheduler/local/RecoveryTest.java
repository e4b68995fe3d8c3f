package dev.slipway.core.scheduler.local;

import static dev.slipway.core.scheduler.local.World.BLOG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.slipway.core.call.Call;
import dev.slipway.core.engine.Container;
import dev.slipway.core.journal.Journal;
import dev.slipway.core.journal.Step;
import dev.slipway.core.model.AppName;
import dev.slipway.core.model.Instance;
import dev.slipway.core.model.Scope;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A daemon that is gone at a step: nothing after the step's record happens, then a new one starts
 * on the same files and the same engine.
 */
final class RecoveryTest {
  /** Not a {@code RuntimeException}, so that nothing is tidied up on the way out. */
  private static final class Gone extends Error {
    private static final long serialVersionUID = 1L;
  }

  private record Dying(Journal inner, Step at) implements Journal {
    @Override
    public Entry open(Call call, AppName app, Map<String, String> facts) {
      Entry entry = inner.open(call, app, facts);
      return new Entry() {
        @Override
        public void step(Step step, Map<String, String> more) {
          entry.step(step, more);
          if (step == at) {
            throw new Gone();
          }
        }

        @Override
        public Map<String, String> facts() {
          return entry.facts();
        }

        @Override
        public void keep() {
          entry.keep();
        }

        @Override
        public void close() {
          // a daemon that is gone closes nothing
        }
      };
    }

    @Override
    public Optional<Step> current(Call call, AppName app) {
      return inner.current(call, app);
    }

    @Override
    public Set<AppName> othersAtWork(Call call) {
      return inner.othersAtWork(call);
    }

    @Override
    public List<Unfinished> unfinished() {
      return inner.unfinished();
    }

    @Override
    public void settled(Unfinished entry) {
      inner.settled(entry);
    }
  }

  private final FakeEngine engine = new FakeEngine();
  @TempDir private Path folder;

  @BeforeEach
  void setUp() {
    engine.image("dokku/blog:latest", "sha256:" + "1".repeat(64), Map.of());
    try (World before = new World(folder, engine)) {
      before.properties.setList("ps", Scope.of(BLOG), "scale", List.of("web=2", "worker=1"));
      before.releaseAndDeploy();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Step.class,
      names = {"RELEASED", "CREATING", "CHECKED"})
  void beforeTheSwitchTheNextStartUndoes(Step step) {
    Map<String, Container> before = Map.copyOf(engine.containers);
    dieAt(step);
    try (World next = new World(folder, engine)) {
      next.properties.setList("ps", Scope.of(BLOG), "scale", List.of("web=2", "worker=1"));
      recover(next);

      assertThat(engine.containers.keySet()).isEqualTo(before.keySet());
      assertThat(engine.running()).hasSize(3);
      assertThat(next.state.ids(BLOG)).isEqualTo(before.keySet());
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Step.class,
      names = {"SWITCHING", "SWITCHED", "ROUTED", "RENAMED", "COMMITTED"})
  void fromTheSwitchOnTheNextStartFinishes(Step step) {
    Map<String, Container> before = Map.copyOf(engine.containers);
    dieAt(step);
    try (World next = new World(folder, engine)) {
      next.properties.setList("ps", Scope.of(BLOG), "scale", List.of("web=2", "worker=1"));
      recover(next);

      assertThat(next.state.ids(BLOG)).hasSize(3).doesNotContainAnyElementsOf(before.keySet());
      assertThat(next.state.ids(BLOG))
          .allSatisfy(id -> assertThat(engine.container(id).orElseThrow().isRunning()).isTrue());
      assertThat(engine.container("blog.web.2").map(Container::id))
          .contains(next.id(SwitchFacts.instance("web.2")));
      assertThat(new RetirementQueue(next.roots, next.files).containers())
          .extracting(RetirementQueue.Entry::id)
          .containsExactlyInAnyOrderElementsOf(before.keySet());
      assertThat(next.properties.get("common", Scope.of(BLOG), "deployed")).contains("true");
    }
  }

  @Test
  void twoEntriesOfAnAppAreRecoveredUnderOneLockOldestFirst() {
    dieAt(Step.SWITCHED);
    dieAt(Step.CREATING);
    try (World next = new World(folder, engine)) {
      next.properties.setList("ps", Scope.of(BLOG), "scale", List.of("web=2", "worker=1"));
      Set<String> switched = next.state.ids(BLOG);
      recover(next);

      assertThat(next.state.ids(BLOG)).isEqualTo(switched).hasSize(3);
      assertThat(switched)
          .allSatisfy(id -> assertThat(engine.container(id).orElseThrow().isRunning()).isTrue());
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Step.class,
      names = {"CREATING", "SWITCHED", "RENAMED"})
  void anEntryThatALaterDeployTookThePlaceOfChangesNothing(Step step) {
    dieAt(step);
    try (World next = new World(folder, engine)) {
      next.properties.setList("ps", Scope.of(BLOG), "scale", List.of("web=2", "worker=1"));
      next.releaseAndDeploy();
      Map<Instance, String> current = Map.copyOf(next.state.containers(BLOG));
      recover(next);

      assertThat(next.state.containers(BLOG)).isEqualTo(current);
      assertThat(current.values())
          .allSatisfy(id -> assertThat(engine.container(id).orElseThrow().isRunning()).isTrue());
    }
  }

  private void dieAt(Step step) {
    try (World dying = new World(folder, engine, journal -> new Dying(journal, step))) {
      dying.properties.setList("ps", Scope.of(BLOG), "scale", List.of("web=2", "worker=1"));
      assertThat(catchThrowable(dying::releaseAndDeploy)).isInstanceOf(Gone.class);
    }
  }

  /** Twice, since a recovery may be cut off as well. */
  private static void recover(World next) {
    next.scheduler.recovery().claim();
    assertThat(next.locks.isHeld(BLOG)).isTrue();
    assertThat(next.scheduler.recovery().run(List.of())).isTrue();
    assertThat(next.locks.isHeld(BLOG)).isFalse();
    assertThat(next.journal.unfinished()).isEmpty();
  }
}
