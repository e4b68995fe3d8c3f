package dev.slipway.core.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.core.call.Streams;
import dev.slipway.core.engine.Engine.Event;
import dev.slipway.core.error.ToolFailure;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What every engine has to do alike: the fake that unit tests use and the real one. */
public abstract class EngineContract {
  private static final String LABEL = "dev.slipway.test";

  protected final String run = "contract-" + UUID.randomUUID().toString().substring(0, 8);
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  protected abstract Engine engine();

  /** An image that has {@code sh}, {@code cat}, {@code echo} and {@code sleep}. */
  protected abstract String image();

  @AfterEach
  void sweep() {
    engine()
        .containers(List.of(LABEL + "=" + run))
        .forEach(each -> engine().remove(each.id(), true));
  }

  protected ContainerSpec spec(String name, List<String> options, String... command) {
    List<String> all =
        Stream.concat(Stream.of("--label=" + LABEL + "=" + run), options.stream()).toList();
    return new ContainerSpec(
        run + "." + name, all, image(), Arrays.asList(command), Map.of(), Optional.empty());
  }

  protected String started(String name, String... command) {
    String id = engine().create(spec(name, List.of(), command));
    engine().start(id);
    return id;
  }

  private int attached(String id, String input) {
    return engine()
        .runAttached(
            id,
            new Streams(new ByteArrayInputStream(input.getBytes(UTF_8)), out, err),
            true,
            Optional.empty());
  }

  @Test
  void aContainerIsCreatedThenRunsThenIsGone() {
    String id = engine().create(spec("life", List.of("--label=a=b"), "sleep", "60"));
    Container created = engine().container(id).orElseThrow();
    assertThat(created.id()).isEqualTo(id).matches("[0-9a-f]{64}");
    assertThat(created.name()).isEqualTo(run + ".life");
    assertThat(created.status()).isEqualTo("created");
    assertThat(created.startedAt()).isEmpty();
    assertThat(created.labels()).containsEntry("a", "b");

    engine().start(id);
    Container running = engine().container(run + ".life").orElseThrow();
    assertThat(running.isRunning()).isTrue();
    assertThat(running.startedAt()).isPresent();
    assertThat(running.addresses()).isNotEmpty();

    engine().remove(id, true);
    assertThat(engine().container(id)).isEmpty();
  }

  @Test
  void startingWhatRunsAlreadyIsFine() {
    String id = started("twice", "sleep", "60");

    engine().start(id);

    assertThat(engine().container(id).orElseThrow().isRunning()).isTrue();
  }

  @Test
  void theExitCodeIsWaitedFor() {
    String id = started("code", "sh", "-c", "exit 3");

    assertThat(engine().await(id)).isEqualTo(3);
    assertThat(engine().container(id).orElseThrow().status()).isEqualTo("exited");
    assertThat(engine().container(id).orElseThrow().exitCode()).isEqualTo(3);
  }

  @Test
  void outputAndErrorsOfAnAttachedContainerStayApart() {
    String id = engine().create(spec("apart", List.of(), "sh", "-c", "echo a; echo b >&2; exit 4"));

    assertThat(attached(id, "")).isEqualTo(4);
    assertThat(out.toString(UTF_8)).isEqualTo("a\n");
    assertThat(err.toString(UTF_8)).isEqualTo("b\n");
  }

  @Test
  void inputReachesAnAttachedContainerAndEnds() {
    String id = engine().create(spec("input", List.of("--interactive"), "cat"));

    assertThat(attached(id, "one\ntwo")).isZero();
    assertThat(out.toString(UTF_8)).isEqualTo("one\ntwo");
  }

  @Test
  void aContainerThatRemovesItselfGivesItsExitCodeAndIsGone() {
    String id = engine().create(spec("rm", List.of("--rm"), "sh", "-c", "exit 5"));

    assertThat(attached(id, "")).isEqualTo(5);
    assertThat(engine().container(id)).isEmpty();
  }

  @Test
  void aCommandRunsInARunningContainer() {
    String id = started("exec", "sleep", "60");
    InputStream input = new ByteArrayInputStream("hello".getBytes(UTF_8));

    int cat =
        engine()
            .exec(
                id,
                List.of("cat"),
                Optional.empty(),
                new Streams(input, out, err),
                false,
                Optional.empty());
    int exit =
        engine()
            .exec(
                id,
                List.of("sh", "-c", "echo b >&2; exit 7"),
                Optional.of("/tmp"),
                new Streams(InputStream.nullInputStream(), out, err),
                false,
                Optional.empty());

    assertThat(cat).isZero();
    assertThat(exit).isEqualTo(7);
    assertThat(out.toString(UTF_8)).isEqualTo("hello");
    assertThat(err.toString(UTF_8)).isEqualTo("b\n");
  }

  @Test
  void whatIsGoneOrStoppedCanBeStoppedKilledAndRemoved() {
    String id = started("gone", "sh", "-c", "exit 0");
    engine().await(id);

    engine().kill(id, "TERM");
    engine().stop(id, Duration.ofSeconds(1));
    engine().remove(id, false);
    engine().kill(id, "KILL");
    engine().stop(id, Duration.ofSeconds(1));
    engine().remove(id, true);

    assertThat(engine().container(id)).isEmpty();
  }

  @Test
  void aKilledContainerEndsWithTheSignal() {
    String id = started("kill", "sleep", "60");

    engine().kill(id, "KILL");

    assertThat(engine().await(id)).isEqualTo(137);
  }

  @Test
  void aRunningContainerIsRemovedOnlyByForce() {
    String id = started("force", "sleep", "60");

    assertThatThrownBy(() -> engine().remove(id, false)).isInstanceOf(ToolFailure.class);
    assertThat(engine().container(id)).isPresent();
  }

  @Test
  void containersAreFoundByAllTheirLabels() {
    String id = engine().create(spec("labels", List.of("--label", "color=red"), "sleep", "60"));
    String mine = LABEL + "=" + run;

    assertThat(engine().containers(List.of(mine, "color=red")))
        .extracting(Container::id)
        .containsExactly(id);
    assertThat(engine().containers(List.of(mine, "color")))
        .extracting(Container::name)
        .containsExactly(run + ".labels");
    assertThat(engine().containers(List.of(mine, "color=blue"))).isEmpty();
  }

  @Test
  void aRenamedContainerIsFoundByItsNewName() {
    String id = engine().create(spec("old", List.of(), "sleep", "60"));

    engine().rename(id, run + ".new");

    assertThat(engine().container(run + ".old")).isEmpty();
    assertThat(engine().container(run + ".new").orElseThrow().id()).isEqualTo(id);
  }

  @Test
  void aNameIsTakenOnce() {
    engine().create(spec("name", List.of(), "sleep", "60"));

    assertThatThrownBy(() -> engine().create(spec("name", List.of(), "sleep", "60")))
        .isInstanceOf(ToolFailure.class)
        .hasMessageContaining(run + ".name")
        .hasMessageContaining("already in use");
  }

  @Test
  void anUnknownImageIsNamed() {
    ContainerSpec unknown =
        new ContainerSpec(
            run + ".none", List.of(), "slipway/no-such:tag", List.of(), Map.of(), Optional.empty());

    assertThatThrownBy(() -> engine().create(unknown))
        .isInstanceOf(ToolFailure.class)
        .hasMessageContaining("No such image: slipway/no-such:tag");
  }

  @Test
  void theLastLinesOfTheLogAreCopied() {
    String id = started("logs", "sh", "-c", "echo a; echo b; echo c");
    engine().await(id);

    engine().logs(id, 2, false, false, out, err);

    assertThat(out.toString(UTF_8)).isEqualTo("b\nc\n");
  }

  @Test
  void aFollowedLogEndsWithItsContainer() {
    String id = started("follow", "sh", "-c", "echo a; sleep 0.3; echo b >&2");

    engine().logs(id, -1, true, true, out, err);

    assertThat(out.toString(UTF_8)).matches("20[0-9T:.Z-]+ a\n");
    assertThat(err.toString(UTF_8)).matches("20[0-9T:.Z-]+ b\n");
  }

  @Test
  void theRestartPolicyCanBeChanged() {
    String id = engine().create(spec("policy", List.of("--restart=always"), "sleep", "60"));

    engine().restartPolicy(id, "on-failure:10");

    assertThat(engine().inspectJson(id))
        .containsPattern("\"Name\"\\s*:\\s*\"on-failure\"")
        .containsPattern("\"MaximumRetryCount\"\\s*:\\s*10");
  }

  @Test
  void imagesAreTaggedAndUntagged() {
    String id = engine().image(image()).orElseThrow().id();
    String name = "slipway-test/" + run;

    engine().tag(id, name, "one");
    assertThat(engine().image(name + ":one").orElseThrow().tags()).contains(name + ":one");
    assertThat(engine().removeImage(name + ":one")).isTrue();
    assertThat(engine().removeImage(name + ":one")).isTrue();
    assertThat(engine().image(name + ":one")).isEmpty();
    assertThat(engine().image(image())).isPresent();
  }

  @Test
  void filesArePutIntoAContainerThatWasNotStarted() {
    String id = engine().create(spec("into", List.of(), "true"));
    Map<String, byte[]> files = Map.of("one", "1".getBytes(UTF_8), "two", "2".getBytes(UTF_8));

    engine().copyIn(id, "/fresh/folder", new Contents.Files(files, 0640, 7, 8));

    assertThat(engine().readFile(id, "/fresh/folder/one")).contains("1".getBytes(UTF_8));
    assertThat(engine().readFile(id, "/fresh/folder/two")).contains("2".getBytes(UTF_8));
  }

  @Test
  void aContainerBecomesAnImageWithItsLabelsAndMore() {
    String id = engine().create(spec("commit", List.of("--label=own=1"), "true"));
    Map<String, String> labels = Map.of("more", "a \"b\" $c", "own", "2");

    String image = engine().commit(id, run, "made", labels, List.of("CMD [\"echo\"]"));

    Image made = engine().image(run + ":made").orElseThrow();
    assertThat(made.id()).isEqualTo(image);
    assertThat(made.labels())
        .containsEntry("more", "a \"b\" $c")
        .containsEntry("own", "2")
        .containsEntry(LABEL, run);
    engine().removeImage(run + ":made");
  }

  @Test
  void aVolumeIsMadeOnceAndKeepsItsLabels() {
    engine().createVolume(run, Map.of("a", "b"));
    engine().createVolume(run, Map.of("a", "c"));

    assertThat(engine().volume(run)).contains(Map.of("a", "b"));
    engine().removeVolume(run);
    assertThat(engine().volume(run)).isEmpty();
  }

  @Test
  void missingFilesVolumesAndNetworksAreNoFailure() {
    String id = engine().create(spec("missing", List.of(), "sleep", "60"));

    assertThat(engine().readFile(id, "/no/such/file")).isEmpty();
    assertThat(engine().networkExists(run)).isFalse();
    engine().removeVolume(run);
  }

  @Test
  void eventsTellOfTheConnectionAndOfContainers() throws Exception {
    BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    try (AutoCloseable following = engine().events(events::add)) {
      assertThat(following).isNotNull();
      assertThat(next(events, "connected", "")).isNotNull();
      String id = started("events", "sh", "-c", "exit 0");
      engine().await(id);

      assertThat(next(events, "start", id).labels()).containsEntry(LABEL, run);
      assertThat(next(events, "die", id).labels()).containsEntry(LABEL, run);
    }
  }

  private static Event next(BlockingQueue<Event> events, String action, String id)
      throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (System.nanoTime() < deadline) {
      Event event = events.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (event != null && event.action().equals(action) && event.containerId().equals(id)) {
        return event;
      }
    }
    throw new AssertionError("no event " + action + " of " + id);
  }

  @Test
  void theRouteNetworkGivesAnAddressToAContainer() {
    Engine.RouteNetwork network = engine().routeNetwork();
    ContainerSpec plain = spec("route", List.of(), "sleep", "60");
    ContainerSpec routed =
        new ContainerSpec(
            plain.name(),
            plain.options(),
            plain.image(),
            plain.command(),
            Map.of(),
            Optional.of(network.lastPinned()));

    String id = engine().create(routed);
    engine().start(id);

    assertThat(engine().container(id).orElseThrow().addresses())
        .containsEntry(network.name(), network.lastPinned())
        .hasSize(2);
    assertThat(engine().routeNetwork()).isEqualTo(network);
    assertThat(engine().networkExists(network.name())).isTrue();
  }
}
