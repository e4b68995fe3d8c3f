package dev.slipway.core.scheduler.local;

import dev.slipway.core.call.Streams;
import dev.slipway.core.call.Terminal;
import dev.slipway.core.engine.Container;
import dev.slipway.core.engine.ContainerSpec;
import dev.slipway.core.engine.Contents;
import dev.slipway.core.engine.Engine;
import dev.slipway.core.engine.EngineUnavailable;
import dev.slipway.core.engine.Image;
import dev.slipway.core.error.ToolFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Containers and images in memory; enough of an engine for the scheduler's policy. */
final class FakeEngine implements Engine {
  final Map<String, Container> containers = new LinkedHashMap<>();
  final Map<String, ContainerSpec> specs = new LinkedHashMap<>();
  final Map<String, String> policies = new LinkedHashMap<>();
  final Map<String, Image> images = new LinkedHashMap<>();
  final List<String> acts = new ArrayList<>();
  final List<String> removedImages = new ArrayList<>();

  /** Containers that end as soon as they start. */
  Predicate<ContainerSpec> crashes = spec -> false;

  boolean refusesRemoval;

  /** Makes containers and does not say so. */
  boolean goesAwayWhileCreating;

  /** Called before each creation; may throw. */
  Consumer<ContainerSpec> beforeCreate = spec -> {};

  synchronized void image(String name, String id, Map<String, String> labels) {
    images.put(
        name,
        new Image(
            id, List.of(name), labels, List.of(), List.of(), List.of(), List.of(), "", "amd64"));
  }

  synchronized List<Container> running() {
    return containers.values().stream().filter(Container::isRunning).toList();
  }

  synchronized void put(Container container) {
    containers.put(container.id(), container);
  }

  private void change(String id, UnaryOperator<Container> how) {
    Container before = containers.get(id);
    if (before == null) {
      throw new ToolFailure("No such container: " + id);
    }
    containers.put(id, how.apply(before));
  }

  private static Container with(Container c, String name, String status, int exitCode) {
    return new Container(
        c.id(),
        name,
        c.image(),
        c.imageId(),
        status,
        exitCode,
        c.restarts(),
        status.equals("running") ? Optional.of(Instant.now()) : c.startedAt(),
        c.oomKilled(),
        c.labels(),
        c.addresses());
  }

  @Override
  public Map<String, String> info() {
    return Map.of("architecture", "x86_64");
  }

  @Override
  public synchronized String create(ContainerSpec spec) {
    beforeCreate.accept(spec);
    if (containers.values().stream().anyMatch(each -> each.name().equals(spec.name()))) {
      throw new ToolFailure("Conflict. The container name is already in use");
    }
    String id = (UUID.randomUUID() + "" + UUID.randomUUID()).replace("-", "");
    Map<String, String> labels = new LinkedHashMap<>();
    for (String option : spec.options()) {
      if (option.startsWith("--label=")) {
        String[] pair = option.substring(8).split("=", 2);
        labels.put(pair[0], pair.length == 2 ? pair[1] : "");
      }
    }
    Map<String, String> addresses = new LinkedHashMap<>(Map.of("bridge", "172.17.0.9"));
    spec.routeAddress().ifPresent(address -> addresses.put("slipway-route-test", address));
    containers.put(
        id,
        new Container(
            id,
            spec.name(),
            spec.image(),
            image(spec.image()).orElseThrow().id(),
            "created",
            0,
            0,
            Optional.empty(),
            false,
            labels,
            addresses));
    specs.put(id, spec);
    if (goesAwayWhileCreating) {
      throw new EngineUnavailable("away", new java.io.IOException("broken off"));
    }
    acts.add("create " + spec.name().replaceFirst("upcoming-.*", "upcoming"));
    return id;
  }

  @Override
  public synchronized void start(String id) {
    boolean crash = specs.containsKey(id) && crashes.test(specs.get(id));
    change(id, c -> with(c, c.name(), crash ? "exited" : "running", crash ? 3 : 0));
  }

  @Override
  public synchronized void stop(String id, Duration timeout) {
    if (containers.containsKey(id)) {
      change(id, c -> c.isRunning() ? with(c, c.name(), "exited", 143) : c);
      acts.add("stop " + containers.get(id).name().replaceFirst("upcoming-.*", "upcoming"));
    }
  }

  @Override
  public synchronized void kill(String id, String signal) {
    if (containers.containsKey(id)) {
      acts.add(signal + " " + containers.get(id).name().replaceFirst("[0-9]{10}$", "TIME"));
      change(id, c -> c.isRunning() ? with(c, c.name(), "exited", 143) : c);
    }
  }

  @Override
  public synchronized void remove(String id, boolean force) {
    if (refusesRemoval) {
      throw new ToolFailure("cannot remove " + id);
    }
    containers.remove(id);
  }

  @Override
  public synchronized void rename(String id, String name) {
    change(id, c -> with(c, name, c.status(), c.exitCode()));
  }

  @Override
  public synchronized void restartPolicy(String id, String policy) {
    policies.put(id, policy);
  }

  @Override
  public synchronized Optional<Container> container(String idOrName) {
    return Optional.ofNullable(containers.get(idOrName))
        .or(
            () ->
                containers.values().stream()
                    .filter(each -> each.name().equals(idOrName))
                    .findFirst());
  }

  @Override
  public synchronized List<Container> containers(List<String> labels) {
    return containers.values().stream()
        .filter(each -> labels.stream().allMatch(label -> has(each, label)))
        .toList();
  }

  private static boolean has(Container container, String label) {
    String[] pair = label.split("=", 2);
    String value = container.labels().get(pair[0]);
    return value != null && (pair.length == 1 || value.equals(pair[1]));
  }

  @Override
  public String inspectJson(String id) {
    return "{\"Id\":\"" + id + "\",\"Config\":{\"Env\":[\"SECRET=x\",\"PORT=5000\"]}}";
  }

  @Override
  public void logs(
      String id, int tail, boolean follow, boolean timestamps, OutputStream out, OutputStream err) {
    try {
      out.write("said something\n".getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public int await(String id) {
    return 0;
  }

  @Override
  public int runAttached(
      String id, Streams streams, boolean forwardInput, Optional<Terminal> terminal) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int exec(
      String id,
      List<String> command,
      Optional<String> workdir,
      Streams streams,
      boolean tty,
      Optional<Terminal> terminal) {
    return 0;
  }

  @Override
  public Optional<byte[]> readFile(String containerId, String path) {
    return Optional.empty();
  }

  @Override
  public synchronized Optional<Image> image(String reference) {
    return Optional.ofNullable(images.get(reference))
        .or(() -> images.values().stream().filter(i -> i.id().equals(reference)).findFirst());
  }

  @Override
  public synchronized List<Image> images(List<String> labels, boolean dangling) {
    return List.copyOf(images.values());
  }

  @Override
  public void tag(String imageId, String repository, String tag) {
    // names of images are no matter here
  }

  @Override
  public synchronized boolean removeImage(String reference) {
    removedImages.add(reference);
    return containers.values().stream().noneMatch(each -> each.imageId().equals(reference));
  }

  @Override
  public String build(
      Path context,
      Map<String, String> buildArguments,
      Map<String, String> labels,
      String tag,
      Consumer<String> progress) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void copyIn(String id, String folder, Contents contents) {
    throw new UnsupportedOperationException();
  }

  @Override
  public String commit(
      String id, String repository, String tag, Map<String, String> labels, List<String> changes) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<Map<String, String>> volume(String name) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void createVolume(String name, Map<String, String> labels) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void removeVolume(String name) {
    throw new UnsupportedOperationException();
  }

  @Override
  public RouteNetwork routeNetwork() {
    return new RouteNetwork("slipway-route-test", "127.9.0.0/16", "127.9.1.0", "127.9.1.5");
  }

  @Override
  public void connect(String network, String id, List<String> aliases) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean networkExists(String network) {
    return true;
  }

  @Override
  public AutoCloseable events(Consumer<Event> listener) {
    return () -> {};
  }

  @Override
  public void load(InputStream archive, Consumer<String> progress) {
    throw new UnsupportedOperationException();
  }
}
