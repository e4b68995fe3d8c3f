package dev.slipway.core.scheduler.local;

import static dev.slipway.core.triggers.CoreTriggers.PS_GET_PROPERTY;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.core.call.Call;
import dev.slipway.core.engine.Container;
import dev.slipway.core.engine.Engine;
import dev.slipway.core.engine.Labels;
import dev.slipway.core.error.ToolFailure;
import dev.slipway.core.error.UserError;
import dev.slipway.core.locks.SwitchLocks;
import dev.slipway.core.model.AppName;
import dev.slipway.core.model.Instance;
import dev.slipway.core.store.StateFiles;
import dev.slipway.core.triggers.Triggers;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The containers that an app has now: their state, and stopping them. Spec: 04 sections 2.4, 5.8.
 */
final class LocalContainers {
  private static final Logger log = LoggerFactory.getLogger(LocalContainers.class);
  private static final Pattern SHOWN =
      Pattern.compile("(CACHE_PATH=|DOCKER_|DOKKU_|DYNO=|PATH=|PORT=|USER=).*", Pattern.DOTALL);
  private static final Pattern LEFT_OVER = Pattern.compile(".+\\..+\\.[0-9]+\\.[0-9]+");
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

  private final Engine engine;
  private final StateFiles state;
  private final Ownership ownership;
  private final RetirementQueue queue;
  private final SwitchLocks locks;
  private final Triggers triggers;
  private final Clock clock;

  LocalContainers(
      Engine engine,
      StateFiles state,
      Ownership ownership,
      RetirementQueue queue,
      SwitchLocks locks,
      Triggers triggers,
      Clock clock) {
    this.engine = engine;
    this.state = state;
    this.ownership = ownership;
    this.queue = queue;
    this.locks = locks;
    this.triggers = triggers;
    this.clock = clock;
  }

  boolean any(AppName app) {
    return !state.containers(app).isEmpty();
  }

  /** {@code COUNT true|false|mixed}. */
  String status(AppName app) {
    List<String> ids = List.copyOf(state.containers(app).values());
    Function<String, Optional<Container>> now = current(app);
    long running =
        ids.stream().filter(id -> now.apply(id).filter(Container::isRunning).isPresent()).count();
    String word = running == 0 ? "false" : running == ids.size() ? "true" : "mixed";
    return ids.size() + " " + word;
  }

  /** The engine's word for each instance, or {@code missing}, and the id's first characters. */
  Map<Instance, String> states(AppName app) {
    Map<Instance, String> states = new TreeMap<>(StateFiles.ORDER);
    Function<String, Optional<Container>> now = current(app);
    state
        .containers(app)
        .forEach(
            (instance, id) ->
                states.put(
                    instance,
                    now.apply(id).map(Container::status).orElse("missing")
                        + " (CID: "
                        + id.substring(0, Math.min(11, id.length()))
                        + ")"));
    return states;
  }

  /** All of the app by one list; only what was taken over without labels is asked for singly. */
  private Function<String, Optional<Container>> current(AppName app) {
    if (!any(app)) {
      return id -> Optional.empty();
    }
    Map<String, Container> listed = new HashMap<>();
    engine
        .containers(List.of(Labels.with(Labels.APP, app.value())))
        .forEach(each -> listed.put(each.id(), each));
    return id -> Optional.ofNullable(listed.get(id)).or(() -> engine.container(id));
  }

  /**
   * Stops everything that the app runs, one-off containers too. With {@code remove} nothing of it
   * is left.
   */
  void stop(Call call, AppName app, boolean remove) {
    int seconds =
        DeployPlanner.number(triggers.ask(call, PS_GET_PROPERTY, app, "stop-timeout-seconds"), 30);
    try (SwitchLocks.Held lock = locks.acquire(call, app, remove ? "destroying" : "ps:stop");
        SwitchLocks.Stretch _ = lock.expect(Duration.ofSeconds(seconds))) {
      List<Container> all = new ArrayList<>(ownership.containersOf(app));
      Parallel.run(
          Math.max(1, all.size()),
          all.stream()
              .<Runnable>map(each -> () -> stop(each, Duration.ofSeconds(seconds)))
              .toList());
      if (remove) {
        remove(app, all);
      }
    }
  }

  private void stop(Container container, Duration timeout) {
    if (!container.isRunning() && !container.status().equals("restarting")) {
      return;
    }
    try {
      engine.restartPolicy(container.id(), "no");
      engine.stop(container.id(), timeout);
    } catch (ToolFailure e) {
      log.warn("container not stopped id={}", container.id(), e);
    }
  }

  /** What cannot be removed now stays queued. */
  private void remove(AppName app, List<Container> all) {
    queue.removeAll(app);
    for (Container each : all) {
      try {
        engine.remove(each.id(), true);
      } catch (ToolFailure e) {
        log.warn("container not removed app={} id={}", app, each.id(), e);
        queue.addContainer(app, each.id(), clock.instant());
      }
    }
  }

  /** Removes stopped left-overs of former deploys, of this installation, of every app. */
  void removeLeftOvers() {
    for (Container each : ownership.ours(Labels.DOKKU)) {
      if (LEFT_OVER.matcher(each.name()).matches() && !each.isRunning()) {
        engine.remove(each.id(), false);
        queue.removeContainer(each.id());
      }
    }
  }

  /**
   * The engine's description of all current containers, values of the configuration masked.
   *
   * @throws UserError if there are none
   */
  String inspect(AppName app) {
    ArrayNode all = JSON.createArrayNode();
    for (String id : state.containers(app).values()) {
      JsonNode node = parse(engine.inspectJson(id));
      all.add(masked(node.isArray() ? node.path(0) : node));
    }
    if (all.isEmpty()) {
      throw UserError.silent(1);
    }
    return pretty(all);
  }

  private static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new ToolFailure("The engine's description of a container could not be read", e);
    }
  }

  private static JsonNode masked(JsonNode container) {
    if (container.path("Config") instanceof ObjectNode config
        && config.path("Env") instanceof ArrayNode env) {
      ArrayNode masked = JSON.createArrayNode();
      env.forEach(entry -> masked.add(masked(entry.asText())));
      config.set("Env", masked);
    }
    return container;
  }

  private static String masked(String entry) {
    int equals = entry.indexOf('=');
    boolean shown = SHOWN.matcher(entry).matches() || equals < 0;
    return shown ? entry : entry.substring(0, equals) + "=XXXXXX";
  }

  private static String pretty(JsonNode node) {
    DefaultIndenter indent = new DefaultIndenter("    ", "\n");
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter()
            .withObjectIndenter(indent)
            .withArrayIndenter(indent)
            .withSeparators(
                Separators.createDefaultInstance()
                    .withObjectFieldValueSpacing(Separators.Spacing.AFTER));
    try {
      return JSON.writer(printer).writeValueAsString(JSON.treeToValue(node, Object.class));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree always makes JSON", e);
    }
  }
}
