package dev.slipway.core.engine.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.core.engine.ContainerSpec;
import dev.slipway.core.engine.EngineUnavailable;
import dev.slipway.core.engine.docker.OptionWords.Unmapped;
import dev.slipway.core.error.ToolFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes containers: by the API where every option is known, else by the docker client. */
final class Creation {
  private static final Logger LOG = LoggerFactory.getLogger(Creation.class);

  /** How long an engine that went away may take to come back before it is left unknown. */
  private static final Duration BACK_AGAIN = Duration.ofSeconds(10);

  private static final Duration AGAIN = Duration.ofMillis(200);
  private static final Duration SKEW = Duration.ofSeconds(1);

  private final EngineApi api;
  private final DockerSettings settings;
  private final ClientCreate client;
  private final RouteNetworks routes;

  Creation(EngineApi api, DockerSettings settings, ClientCreate client, RouteNetworks routes) {
    this.api = api;
    this.settings = settings;
    this.client = client;
    this.routes = routes;
  }

  String create(ContainerSpec spec, Consumer<String> warnings) {
    try {
      return byApi(spec, OptionMapping.draft(spec));
    } catch (Unmapped e) {
      LOG.info("made by the docker client container={} because of={}", spec.name(), e.getMessage());
      return byClient(spec, warnings);
    }
  }

  private String byApi(ContainerSpec spec, Draft draft) {
    ObjectNode labels = draft.config.withObjectProperty("Labels");
    settings.labels().forEach(labels::put);
    ObjectNode body = draft.body();
    Target target = Target.of("/containers/create").with("name", spec.name());
    if (!draft.platform.isEmpty()) {
      target.with("platform", draft.platform);
    }
    String id = onceMade(spec.name(), () -> api.post(target, body).path("Id").asText());
    return orRemoved(
        id,
        () -> {
          draft
              .furtherNetworks()
              .forEach(each -> connect(each.name(), id, each.aliases(), each.address()));
          if (draft.hasOwnNetwork()) {
            route(spec, id);
          }
        });
  }

  private String byClient(ContainerSpec spec, Consumer<String> warnings) {
    String id = onceMade(spec.name(), () -> byClientInTime(spec, warnings));
    return orRemoved(
        id,
        () -> {
          String mode =
              api.get(Target.of("containers", id, "json")).at("/HostConfig/NetworkMode").asText();
          if (Draft.hasOwnNetwork(mode)) {
            route(spec, id);
          }
        });
  }

  private String byClientInTime(ContainerSpec spec, Consumer<String> warnings) {
    try {
      return api.within(api.limit(), () -> client.create(spec, warnings));
    } catch (EngineUnavailable e) {
      throw new BrokenOff(e.getMessage() + " (docker container create)", e);
    }
  }

  /**
   * Makes a container once. Where the engine went away meanwhile it is asked, when it is back,
   * whether it made it after all: nobody else would know of that container.
   */
  private String onceMade(String name, Supplier<String> make) {
    Instant before = Instant.now();
    try {
      return make.get();
    } catch (BrokenOff e) {
      Optional<String> made =
          Thread.currentThread().isInterrupted() ? Optional.empty() : find(name, before);
      LOG.warn("creation broke off container={} made={}", name, made.orElse("unknown"), e);
      return made.orElseThrow(() -> e);
    }
  }

  private Optional<String> find(String name, Instant since) {
    Instant deadline = Instant.now().plus(BACK_AGAIN);
    while (true) {
      try {
        return api.find(Target.of("containers", name, "json"))
            .filter(found -> isMadeHere(found, since))
            .map(found -> found.path("Id").asText());
      } catch (EngineUnavailable away) {
        if (EngineApi.isGivenUp(away) || Instant.now().isAfter(deadline) || !rested()) {
          return Optional.empty();
        }
      }
    }
  }

  /** One of the same name that was there before would have been refused. */
  private boolean isMadeHere(JsonNode container, Instant since) {
    JsonNode labels = container.at("/Config/Labels");
    return settings.labels().entrySet().stream()
            .allMatch(each -> labels.path(each.getKey()).asText().equals(each.getValue()))
        && !Instant.parse(container.path("Created").asText()).isBefore(since.minus(SKEW));
  }

  private static boolean rested() {
    try {
      Thread.sleep(AGAIN);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private String orRemoved(String id, Runnable completion) {
    try {
      completion.run();
      return id;
    } catch (ToolFailure e) {
      try {
        api.delete(Target.of("containers", id, "").with("force", true).with("v", true));
      } catch (ToolFailure notRemoved) {
        LOG.warn("half-made container stays container={}", id, notRemoved);
        e.addSuppressed(notRemoved);
      }
      throw e;
    }
  }

  private void route(ContainerSpec spec, String id) {
    spec.routeAddress()
        .ifPresent(address -> connect(routes.network().name(), id, List.of(), address));
  }

  void connect(String network, String id, List<String> aliases, String address) {
    ObjectNode body = EngineApi.JSON.createObjectNode().put("Container", id);
    ObjectNode endpoint = body.putObject("EndpointConfig");
    aliases.forEach(endpoint.putArray("Aliases")::add);
    if (!address.isEmpty()) {
      endpoint.putObject("IPAMConfig").put("IPv4Address", address);
    }
    api.post(Target.of("networks", network, "connect"), body);
  }
}
