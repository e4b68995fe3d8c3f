package dev.slipway.core.engine.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.github.dockerjava.transport.DockerHttpClient.Request.Method;
import com.github.dockerjava.transport.DockerHttpClient.Response;
import dev.slipway.core.engine.Engine.Event;
import dev.slipway.core.error.ToolFailure;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Container events on a thread of its own, over as many connections as it takes. */
final class EventFollower implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EventFollower.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final EngineApi api;
  private final Consumer<Event> listener;
  private final Thread thread;
  private volatile boolean closed;
  private volatile @Nullable Response open;

  private EventFollower(EngineApi api, Consumer<Event> listener) {
    this.api = api;
    this.listener = listener;
    this.thread = Thread.ofVirtual().name("engine-events").unstarted(this::follow);
  }

  static EventFollower start(EngineApi api, Consumer<Event> listener) {
    EventFollower follower = new EventFollower(api, listener);
    follower.thread.start();
    return follower;
  }

  private void follow() {
    Duration pause = FIRST_PAUSE;
    while (!closed) {
      try {
        read();
        pause = FIRST_PAUSE;
      } catch (IOException | ToolFailure e) {
        if (!closed) {
          LOG.warn("events of the engine are interrupted: {}", e.getMessage());
        }
      }
      if (!rested(pause)) {
        return;
      }
      pause =
          pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0
              ? pause.multipliedBy(2)
              : LONGEST_PAUSE;
    }
  }

  private boolean rested(Duration pause) {
    try {
      Thread.sleep(pause);
      return true;
    } catch (InterruptedException closing) {
      return false;
    }
  }

  private void read() throws IOException {
    Target target = Target.of("/events").filtered(Map.of("type", List.of("container")));
    try (Response answer = api.stream(Method.GET, target);
        Heartbeat _ = Heartbeat.watch(api, answer::close)) {
      open = answer;
      tell(new Event("connected", "", Map.of())); // before the parser waits for a first event
      try (InputStream body = answer.getBody();
          MappingIterator<JsonNode> events =
              EngineApi.JSON.readerFor(JsonNode.class).readValues(body)) {
        while (!closed && events.hasNextValue()) {
          tell(event(events.nextValue()));
        }
      }
    }
  }

  private void tell(Event event) {
    try {
      listener.accept(event);
    } catch (RuntimeException e) {
      LOG.error("a listener failed event={} container={}", event.action(), event.containerId(), e);
    }
  }

  private static Event event(JsonNode json) {
    Map<String, String> labels = new HashMap<>();
    json.at("/Actor/Attributes")
        .properties()
        .forEach(each -> labels.put(each.getKey(), each.getValue().asText()));
    return new Event(json.path("Action").asText(), json.at("/Actor/ID").asText(), labels);
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    Response connection = open;
    if (connection != null) {
      connection.close();
    }
  }
}
