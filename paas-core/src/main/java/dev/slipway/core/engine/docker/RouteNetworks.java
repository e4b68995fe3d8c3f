package dev.slipway.core.engine.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.core.engine.Engine.RouteNetwork;
import dev.slipway.core.error.ToolFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The network that the proxy reaches web containers by. Its subnet overlaps no other network of the
 * engine and no route of the host; the engine gives out addresses of the first quarter only, the
 * rest are chosen by Slipway. Safe for use by many threads.
 */
final class RouteNetworks {
  private static final String ICC = "com.docker.network.bridge.enable_icc";

  private final EngineApi api;
  private final DockerSettings settings;

  RouteNetworks(EngineApi api, DockerSettings settings) {
    this.api = api;
    this.settings = settings;
  }

  synchronized RouteNetwork network() {
    String name = settings.routeNetwork();
    Optional<JsonNode> found = api.find(Target.of("networks", name, ""));
    return found.isPresent() ? existing(found.get()) : made(name);
  }

  private RouteNetwork existing(JsonNode network) {
    String owner = network.path("Labels").path(DockerSettings.INSTALLATION).asText("");
    String ours = settings.labels().getOrDefault(DockerSettings.INSTALLATION, "");
    if (!owner.equals(ours)) {
      throw new ToolFailure(
          "The network "
              + settings.routeNetwork()
              + " belongs to "
              + (owner.isEmpty() ? "something else" : "the installation " + owner)
              + "; it is left alone");
    }
    return described(Subnet.parse(network.at("/IPAM/Config/0/Subnet").asText()));
  }

  private RouteNetwork made(String name) {
    List<Subnet> taken = new ArrayList<>(HostRoutes.read());
    taken.addAll(networks());
    ToolFailure last = new ToolFailure("no private range of addresses is free");
    for (Subnet candidate : Subnet.candidates()) {
      if (taken.stream().anyMatch(candidate::overlaps)) {
        continue;
      }
      try {
        api.post(Target.of("/networks/create"), request(name, candidate));
        return described(candidate);
      } catch (Refused e) {
        if (e.isConflict()) {
          return existing(api.get(Target.of("networks", name, "")));
        }
        last = e;
      }
    }
    throw new ToolFailure("Making the network " + name + " failed: " + last.getMessage(), last);
  }

  private List<Subnet> networks() {
    List<Subnet> all = new ArrayList<>();
    for (JsonNode network : api.get(Target.of("/networks"))) {
      for (JsonNode range : network.at("/IPAM/Config")) {
        String subnet = range.path("Subnet").asText("");
        if (!subnet.isEmpty() && !subnet.contains(":")) {
          all.add(Subnet.parse(subnet));
        }
      }
    }
    return all;
  }

  private ObjectNode request(String name, Subnet subnet) {
    ObjectNode body = EngineApi.JSON.createObjectNode();
    body.put("Name", name).put("Driver", "bridge").put("CheckDuplicate", true);
    body.putObject("Options").put(ICC, "false");
    ObjectNode labels = body.putObject("Labels");
    settings.labels().forEach(labels::put);
    body.putObject("IPAM")
        .putArray("Config")
        .addObject()
        .put("Subnet", subnet.toString())
        .put("IPRange", subnet.firstQuarter().toString());
    return body;
  }

  private RouteNetwork described(Subnet subnet) {
    return new RouteNetwork(
        settings.routeNetwork(),
        subnet.toString(),
        Subnet.text(subnet.first() + subnet.firstQuarter().size()),
        Subnet.text(subnet.first() + subnet.size() - 2));
  }
}
