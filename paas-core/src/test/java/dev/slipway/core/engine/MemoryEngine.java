package dev.slipway.core.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.core.call.Streams;
import dev.slipway.core.call.Terminal;
import dev.slipway.core.error.ToolFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * An {@link Engine} without containers: programs are threads ({@link MemoryShell}), images are
 * names. It keeps the contract that the real one keeps. Safe for use by many threads.
 */
public final class MemoryEngine implements Engine {
  private static final RouteNetwork ROUTE =
      new RouteNetwork("slipway-route-memory", "10.255.0.0/18", "10.255.16.0", "10.255.63.254");

  private final Map<String, MemoryContainer> containers = new ConcurrentHashMap<>();
  private final Map<String, Image> images = new ConcurrentHashMap<>();
  private final Map<String, Map<String, String>> volumes = new ConcurrentHashMap<>();
  private final Map<String, byte[]> files = new ConcurrentHashMap<>();
  private final Map<String, Boolean> networks = new ConcurrentHashMap<>(Map.of("bridge", true));
  private final List<Consumer<Event>> listeners = new CopyOnWriteArrayList<>();
  private final AtomicInteger addresses = new AtomicInteger(2);

  /** Adds an image that exposes nothing. */
  public MemoryEngine withImage(String reference) {
    return withImage(reference, Map.of(), List.of());
  }

  public MemoryEngine withImage(
      String reference, Map<String, String> labels, List<String> exposed) {
    String id = "sha256:" + hexadecimal() + hexadecimal();
    images.put(
        reference,
        new Image(
            id, List.of(reference), labels, exposed, List.of(), List.of(), List.of(), "", "amd64"));
    return this;
  }

  /** Puts a file into all containers. */
  public MemoryEngine withFile(String path, byte[] content) {
    files.put(path, content.clone());
    return this;
  }

  private static String hexadecimal() {
    return UUID.randomUUID().toString().replace("-", "");
  }

  @Override
  public Map<String, String> info() {
    return Map.of(
        "version", "memory",
        "apiVersion", "1.41",
        "architecture", "amd64",
        "rootDir", "/",
        "loggingDriver", "json-file");
  }

  @Override
  public synchronized String create(ContainerSpec spec) {
    if (image(spec.image()).isEmpty()) {
      throw new ToolFailure("No such image: " + spec.image());
    }
    find(spec.name())
        .ifPresent(
            taken -> {
              throw new ToolFailure(
                  "Conflict. The container name \"/"
                      + spec.name()
                      + "\" is already in use by container \""
                      + taken.id
                      + "\".");
            });
    MemoryContainer made = new MemoryContainer(hexadecimal() + hexadecimal(), spec);
    made.addresses.put("bridge", "172.17.0." + addresses.getAndIncrement());
    spec.routeAddress().ifPresent(address -> made.addresses.put(routeNetwork().name(), address));
    containers.put(made.id, made);
    tell("create", made);
    return made.id;
  }

  private Optional<MemoryContainer> find(String idOrName) {
    return containers.values().stream()
        .filter(each -> each.id.startsWith(idOrName) || each.name().equals(idOrName))
        .findFirst();
  }

  private MemoryContainer existing(String id) {
    return find(id).orElseThrow(() -> new ToolFailure("No such container: " + id));
  }

  @Override
  public void start(String id) {
    start(id, Streams.none());
  }

  private void start(String id, Streams streams) {
    existing(id).start(streams, container -> tell("start", container), this::ended);
  }

  private void ended(MemoryContainer container) {
    tell("die", container);
    if (container.removesItself()) {
      containers.remove(container.id);
    }
  }

  private void tell(String action, MemoryContainer container) {
    listeners.forEach(each -> each.accept(new Event(action, container.id, container.labels)));
  }

  @Override
  public void stop(String id, Duration timeout) {
    kill(id, "TERM");
    find(id).ifPresent(container -> end(container));
  }

  private static int end(MemoryContainer container) {
    try {
      return container.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 130;
    }
  }

  @Override
  public void kill(String id, String signal) {
    find(id).ifPresent(MemoryContainer::kill);
  }

  @Override
  public void remove(String id, boolean force) {
    Optional<MemoryContainer> container = find(id);
    if (container.isEmpty()) {
      return;
    }
    if (container.get().isRunning() && !force) {
      throw new ToolFailure("You cannot remove a running container " + container.get().id);
    }
    container.get().kill();
    containers.remove(container.get().id);
    tell("destroy", container.get());
  }

  @Override
  public void rename(String id, String name) {
    existing(id).rename(name);
  }

  @Override
  public void restartPolicy(String id, String policy) {
    existing(id).policy(policy);
  }

  @Override
  public Optional<Container> container(String idOrName) {
    return find(idOrName).map(this::seen);
  }

  private Container seen(MemoryContainer container) {
    return container.seen(image(container.spec.image()).map(Image::id).orElse(""));
  }

  @Override
  public List<Container> containers(List<String> labels) {
    return containers.values().stream()
        .filter(each -> labels.stream().allMatch(label -> has(each.labels, label)))
        .map(this::seen)
        .toList();
  }

  private static boolean has(Map<String, String> labels, String wanted) {
    int equals = wanted.indexOf('=');
    return equals < 0
        ? labels.containsKey(wanted)
        : wanted.substring(equals + 1).equals(labels.get(wanted.substring(0, equals)));
  }

  @Override
  public String inspectJson(String id) {
    MemoryContainer container = existing(id);
    String[] policy = container.policy().split(":", 2);
    return "{\"Id\": \""
        + container.id
        + "\", \"HostConfig\": {\"RestartPolicy\": {\"Name\": \""
        + policy[0]
        + "\", \"MaximumRetryCount\": "
        + (policy.length < 2 ? "0" : policy[1])
        + "}}}";
  }

  @Override
  public void logs(
      String id, int tail, boolean follow, boolean timestamps, OutputStream out, OutputStream err) {
    MemoryContainer container = existing(id);
    if (follow) {
      end(container);
    }
    List<MemoryContainer.Written> all = container.log();
    int from = tail < 0 ? 0 : Math.max(0, all.size() - tail);
    try {
      for (MemoryContainer.Written each : all.subList(from, all.size())) {
        String line = timestamps ? each.time() + " " + each.text() : each.text();
        (each.error() ? err : out).write(line.getBytes(UTF_8));
      }
    } catch (IOException gone) {
      return;
    }
  }

  @Override
  public int await(String id) {
    return end(existing(id));
  }

  @Override
  public int runAttached(
      String id, Streams streams, boolean forwardInput, Optional<Terminal> terminal) {
    MemoryContainer container = existing(id);
    InputStream in = forwardInput ? streams.in() : InputStream.nullInputStream();
    start(id, new Streams(in, streams.out(), streams.err()));
    return end(container);
  }

  @Override
  public int exec(
      String id,
      List<String> command,
      Optional<String> workdir,
      Streams streams,
      boolean tty,
      Optional<Terminal> terminal) {
    if (!existing(id).isRunning()) {
      throw new ToolFailure("Container " + id + " is not running");
    }
    try {
      return MemoryShell.run(command, streams);
    } catch (IOException gone) {
      return 141;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 130;
    }
  }

  @Override
  public Optional<byte[]> readFile(String containerId, String path) {
    existing(containerId);
    return Optional.ofNullable(files.get(path)).map(byte[]::clone);
  }

  @Override
  public Optional<Image> image(String reference) {
    return Optional.ofNullable(images.get(reference))
        .or(() -> images.values().stream().filter(each -> each.id().equals(reference)).findFirst());
  }

  @Override
  public List<Image> images(List<String> labels, boolean dangling) {
    return images.values().stream()
        .filter(each -> labels.stream().allMatch(label -> has(each.labels(), label)))
        .filter(each -> !dangling || each.tags().isEmpty())
        .distinct()
        .toList();
  }

  @Override
  public void tag(String imageId, String repository, String tag) {
    Image image = image(imageId).orElseThrow(() -> new ToolFailure("No such image: " + imageId));
    String name = repository + ":" + tag;
    List<String> tags = new ArrayList<>(image.tags());
    tags.remove(name);
    tags.add(name);
    images.put(name, image);
    retag(image.id(), tags);
  }

  /** All names of an image tell the same of it. */
  private void retag(String id, List<String> tags) {
    images.replaceAll(
        (name, image) ->
            image.id().equals(id)
                ? new Image(
                    id,
                    tags,
                    image.labels(),
                    image.exposed(),
                    image.environment(),
                    image.entrypoint(),
                    image.command(),
                    image.workdir(),
                    image.architecture())
                : image);
  }

  @Override
  public boolean removeImage(String reference) {
    boolean used =
        containers.values().stream().anyMatch(each -> each.spec.image().equals(reference));
    Image image = used ? null : images.remove(reference);
    if (image != null) {
      retag(image.id(), image.tags().stream().filter(tag -> !tag.equals(reference)).toList());
    }
    return !used;
  }

  @Override
  public String build(
      Path context,
      Map<String, String> buildArguments,
      Map<String, String> labels,
      String tag,
      Consumer<String> progress) {
    withImage(tag, labels, List.of());
    return image(tag).orElseThrow().id();
  }

  /** Files are kept whole containers over, as {@link #withFile} does. */
  @Override
  public void copyIn(String id, String folder, Contents contents) {
    existing(id);
    if (contents instanceof Contents.Files given) {
      given.files().forEach((name, bytes) -> files.put(folder + "/" + name, bytes.clone()));
    }
  }

  @Override
  public String commit(
      String id, String repository, String tag, Map<String, String> labels, List<String> changes) {
    Map<String, String> all = new HashMap<>(existing(id).labels);
    all.putAll(labels);
    withImage(repository + ":" + tag, all, List.of());
    return image(repository + ":" + tag).orElseThrow().id();
  }

  @Override
  public Optional<Map<String, String>> volume(String name) {
    return Optional.ofNullable(volumes.get(name));
  }

  @Override
  public void createVolume(String name, Map<String, String> labels) {
    volumes.putIfAbsent(name, Map.copyOf(labels));
  }

  @Override
  public void removeVolume(String name) {
    volumes.remove(name);
  }

  @Override
  public RouteNetwork routeNetwork() {
    networks.put(ROUTE.name(), true);
    return ROUTE;
  }

  @Override
  public void connect(String network, String id, List<String> aliases) {
    if (!networkExists(network)) {
      throw new ToolFailure("network " + network + " not found");
    }
    existing(id).addresses.put(network, "10.254.0." + addresses.getAndIncrement());
  }

  @Override
  public boolean networkExists(String network) {
    return networks.containsKey(network);
  }

  @Override
  public AutoCloseable events(Consumer<Event> listener) {
    listeners.add(listener);
    listener.accept(new Event("connected", "", Map.of()));
    return () -> listeners.remove(listener);
  }

  @Override
  public void load(InputStream archive, Consumer<String> progress) {
    throw new ToolFailure("archives are not understood here");
  }
}
