package dev.slipway.core.engine.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.dockerjava.transport.DockerHttpClient.Request.Method;
import dev.slipway.core.call.Streams;
import dev.slipway.core.call.Terminal;
import dev.slipway.core.engine.Container;
import dev.slipway.core.engine.ContainerSpec;
import dev.slipway.core.engine.Contents;
import dev.slipway.core.engine.Engine;
import dev.slipway.core.engine.Image;
import dev.slipway.core.process.Programs;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@link Engine} by a Docker engine on a Unix-domain socket. Connects on the first call. */
public final class DockerEngine implements Engine, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DockerEngine.class);

  /** What removing a container with many files may take longer than other calls. */
  private static final Duration REMOVAL = Duration.ofMinutes(3);

  private final EngineApi api;
  private final Creation creation;
  private final Attached attached;
  private final Images images;
  private final RouteNetworks routes;

  /**
   * @param programs runs the docker client where the API mapping does not reach
   */
  public DockerEngine(DockerSettings settings, Programs programs) {
    this(settings, programs, new EngineApi(settings.socket()));
  }

  /**
   * @param api closed with this engine
   */
  DockerEngine(DockerSettings settings, Programs programs, EngineApi api) {
    this.api = api;
    this.routes = new RouteNetworks(api, settings);
    this.creation = new Creation(api, settings, new ClientCreate(settings, programs), routes);
    this.attached = new Attached(api);
    this.images = new Images(api);
  }

  private static Target of(String container, String action) {
    return Target.of("containers", container, action);
  }

  @Override
  public Map<String, String> info() {
    JsonNode version = api.get(Target.of("/version"));
    JsonNode info = api.get(Target.of("/info"));
    return Map.of(
        "version", version.path("Version").asText(),
        "apiVersion", "1." + api.minorVersion(),
        "architecture", version.path("Arch").asText(),
        "rootDir", info.path("DockerRootDir").asText(),
        "loggingDriver", info.path("LoggingDriver").asText());
  }

  @Override
  public String create(ContainerSpec spec) {
    return create(spec, warning -> LOG.warn("container={} {}", spec.name(), warning));
  }

  @Override
  public String create(ContainerSpec spec, Consumer<String> warnings) {
    return creation.create(spec, warnings);
  }

  @Override
  public void start(String id) {
    api.post(of(id, "start"));
  }

  @Override
  public void stop(String id, Duration timeout) {
    try {
      api.postSlow(of(id, "stop").with("t", timeout.toSeconds()), timeout);
    } catch (Refused e) {
      unlessGone(e);
    }
  }

  @Override
  public void kill(String id, String signal) {
    try {
      api.post(of(id, "kill").with("signal", signal));
    } catch (Refused e) {
      if (!e.isConflict()) {
        unlessGone(e);
      }
    }
  }

  @Override
  public void remove(String id, boolean force) {
    try {
      api.deleteSlow(of(id, "").with("force", force).with("v", true), REMOVAL);
    } catch (Refused e) {
      if (e.isConflict() && String.valueOf(e.getMessage()).contains("in progress")) {
        awaitRemoval(id);
      } else {
        unlessGone(e);
      }
    }
  }

  private void awaitRemoval(String id) {
    try {
      api.postSlow(of(id, "wait").with("condition", "removed"), REMOVAL);
    } catch (Refused e) {
      unlessGone(e);
    }
  }

  private static void unlessGone(Refused e) {
    if (!e.isNotFound()) {
      throw e;
    }
  }

  @Override
  public void rename(String id, String name) {
    api.post(of(id, "rename").with("name", name));
  }

  @Override
  public void restartPolicy(String id, String policy) {
    String[] parts = policy.split(":", 2);
    ObjectNode change = EngineApi.JSON.createObjectNode();
    change
        .putObject("RestartPolicy")
        .put("Name", parts[0])
        .put("MaximumRetryCount", parts.length < 2 ? 0 : Integer.parseInt(parts[1]));
    api.post(of(id, "update"), change);
  }

  @Override
  public Optional<Container> container(String idOrName) {
    return api.find(of(idOrName, "json")).map(Json::container);
  }

  @Override
  public List<Container> containers(List<String> labels) {
    Target list = Target.of("/containers/json").with("all", true);
    List<Container> all = new ArrayList<>();
    api.get(list.filtered(Map.of("label", labels))).forEach(each -> all.add(Json.listed(each)));
    return all;
  }

  @Override
  public String inspectJson(String id) {
    return api.get(of(id, "json")).toPrettyString();
  }

  @Override
  public void logs(
      String id, int tail, boolean follow, boolean timestamps, OutputStream out, OutputStream err) {
    boolean tty = api.get(of(id, "json")).at("/Config/Tty").booleanValue();
    Target logs =
        of(id, "logs")
            .with("stdout", true)
            .with("stderr", true)
            .with("follow", follow)
            .with("timestamps", timestamps)
            .with("tail", tail < 0 ? "all" : tail);
    Interruptible.read(
        () -> api.stream(Method.GET, logs),
        body -> {
          try {
            Frames.copy(body, tty, out, err);
          } catch (Frames.ReaderGone e) {
            LOG.debug("nobody reads the logs any more container={}", id, e);
          }
          return 0;
        },
        0,
        api);
  }

  @Override
  public int await(String id) {
    return Interruptible.read(
        () -> api.stream(Method.POST, of(id, "wait")),
        body -> EngineApi.JSON.readTree(body).path("StatusCode").intValue(),
        Interruptible.STATUS,
        api);
  }

  @Override
  public int runAttached(
      String id, Streams streams, boolean forwardInput, Optional<Terminal> terminal) {
    return attached.run(id, streams, forwardInput, terminal);
  }

  @Override
  public int exec(
      String id,
      List<String> command,
      Optional<String> workdir,
      Streams streams,
      boolean tty,
      Optional<Terminal> terminal) {
    return attached.exec(id, command, workdir, streams, tty, terminal);
  }

  @Override
  public Optional<byte[]> readFile(String containerId, String path) {
    return new ContainerFiles(api).read(containerId, path);
  }

  @Override
  public void copyIn(String id, String folder, Contents contents) {
    new ContainerFiles(api).write(id, folder, contents);
  }

  @Override
  public Optional<Image> image(String reference) {
    return images.find(reference);
  }

  @Override
  public List<Image> images(List<String> labels, boolean dangling) {
    return images.all(labels, dangling);
  }

  @Override
  public void tag(String imageId, String repository, String tag) {
    images.tag(imageId, repository, tag);
  }

  @Override
  public boolean removeImage(String reference) {
    return images.remove(reference);
  }

  @Override
  public String build(
      Path context,
      Map<String, String> buildArguments,
      Map<String, String> labels,
      String tag,
      Consumer<String> progress) {
    return images.build(context, buildArguments, labels, tag, progress);
  }

  @Override
  public String commit(
      String id, String repository, String tag, Map<String, String> labels, List<String> changes) {
    return images.commit(id, repository, tag, labels, changes);
  }

  @Override
  public Optional<Map<String, String>> volume(String name) {
    return api.find(Target.of("volumes", name, "")).map(json -> Json.pairs(json.path("Labels")));
  }

  @Override
  public void createVolume(String name, Map<String, String> labels) {
    ObjectNode body = EngineApi.JSON.createObjectNode().put("Name", name);
    ObjectNode all = body.putObject("Labels");
    labels.forEach(all::put);
    api.post(Target.of("/volumes/create"), body);
  }

  @Override
  public void removeVolume(String name) {
    try {
      api.delete(Target.of("volumes", name, ""));
    } catch (Refused e) {
      unlessGone(e);
    }
  }

  @Override
  public RouteNetwork routeNetwork() {
    return routes.network();
  }

  @Override
  public void connect(String network, String id, List<String> aliases) {
    creation.connect(network, id, aliases, "");
  }

  @Override
  public boolean networkExists(String network) {
    return api.find(Target.of("networks", network, "")).isPresent();
  }

  @Override
  public AutoCloseable events(Consumer<Event> listener) {
    return EventFollower.start(api, listener);
  }

  @Override
  public void load(InputStream archive, Consumer<String> progress) {
    images.load(archive, progress);
  }

  @Override
  public void close() {
    api.close();
  }
}
