package dev.slipway.core.engine.docker;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.core.engine.ContainerSpec;
import dev.slipway.core.engine.docker.OptionWords.Unmapped;
import dev.slipway.core.error.ToolFailure;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes containers: by the API where every option is known, else by the docker client. */
final class Creation {
  private static final Logger LOG = LoggerFactory.getLogger(Creation.class);

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
    String id = api.post(target, body).path("Id").asText();
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
    String id = client.create(spec, warnings);
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

  private String orRemoved(String id, Runnable completion) {
    try {
      completion.run();
      return id;
    } catch (ToolFailure e) {
      api.delete(Target.of("containers", id, "").with("force", true).with("v", true));
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
