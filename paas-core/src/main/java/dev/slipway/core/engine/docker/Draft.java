package dev.slipway.core.engine.docker;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A request to make a container, while options are applied to it. */
final class Draft {
  final ObjectNode config = EngineApi.JSON.createObjectNode();
  final ObjectNode host = config.putObject("HostConfig");
  final Map<String, String> environment;
  final List<Network> networks = new ArrayList<>();
  final List<String> aliases = new ArrayList<>();
  String platform = "";
  String address = "";
  String address6 = "";

  /** A network named by an option, with what belongs to it alone. */
  record Network(String name, List<String> aliases, String address) {}

  Draft(Map<String, String> environment) {
    this.environment = environment;
    config.put("AttachStdout", true).put("AttachStderr", true);
    restart("no", 0);
    host.put("NetworkMode", "default");
  }

  void restart(String name, int retries) {
    host.putObject("RestartPolicy").put("Name", name).put("MaximumRetryCount", retries);
  }

  ObjectNode logging() {
    return host.withObjectProperty("LogConfig");
  }

  ObjectNode health() {
    return config.withObjectProperty("Healthcheck");
  }

  ArrayNode list(String key) {
    return config.withArrayProperty(key);
  }

  ArrayNode hostList(String key) {
    return host.withArrayProperty(key);
  }

  void expose(String port) {
    config.withObjectProperty("ExposedPorts").putObject(port);
  }

  /** What the proxy may not reach, because it has no network of its own. */
  boolean hasOwnNetwork() {
    return hasOwnNetwork(host.path("NetworkMode").asText());
  }

  static boolean hasOwnNetwork(String mode) {
    return !mode.equals("host") && !mode.equals("none") && !mode.startsWith("container:");
  }

  /** The request's body. Networks beyond the first are joined after the container is made. */
  ObjectNode body() {
    if (networks.isEmpty() && aliases.isEmpty() && address.isEmpty() && address6.isEmpty()) {
      return config;
    }
    Network first =
        networks.isEmpty() ? new Network("default", List.of(), "") : networks.getFirst();
    host.put("NetworkMode", first.name);
    List<String> all = new ArrayList<>(first.aliases);
    all.addAll(aliases);
    String ip = first.address.isEmpty() ? address : first.address;
    if (!all.isEmpty() || !ip.isEmpty() || !address6.isEmpty()) {
      ObjectNode endpoint =
          config.putObject("NetworkingConfig").putObject("EndpointsConfig").putObject(first.name);
      all.forEach(endpoint.putArray("Aliases")::add);
      if (!ip.isEmpty() || !address6.isEmpty()) {
        endpoint.putObject("IPAMConfig").put("IPv4Address", ip).put("IPv6Address", address6);
      }
    }
    return config;
  }

  List<Network> furtherNetworks() {
    return networks.size() < 2 ? List.of() : networks.subList(1, networks.size());
  }
}
