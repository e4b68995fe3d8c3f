package dev.slipway.core.ports;

import static dev.slipway.core.triggers.CoreTriggers.CERTS_EXISTS;
import static dev.slipway.core.triggers.CoreTriggers.CERTS_FORCE;

import dev.slipway.core.call.Call;
import dev.slipway.core.error.UserError;
import dev.slipway.core.model.AppName;
import dev.slipway.core.model.PortMapping;
import dev.slipway.core.model.Scope;
import dev.slipway.core.store.PropertyStore;
import dev.slipway.core.triggers.Triggers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which mappings an app has: set by users, detected by builders, and in force. Spec: 02 4.1. */
final class PortMaps {
  static final String PLUGIN = "ports";
  static final String MAP = "map";
  static final String DETECTED = "map-detected";
  private static final int CONTAINER_PORT = 5000;
  private static final int HTTP = 80;
  private static final int HTTPS = 443;

  private final PropertyStore store;
  private final ProxyPorts proxyPorts;
  private final Triggers triggers;

  PortMaps(PropertyStore store, ProxyPorts proxyPorts, Triggers triggers) {
    this.store = store;
    this.proxyPorts = proxyPorts;
    this.triggers = triggers;
  }

  /** What the user set; lines of the file that are no mappings are left out. */
  List<PortMapping> set(AppName app) {
    return stored(app, MAP);
  }

  /** What is in force: the user's map if there is one, else the detected one. */
  List<PortMapping> effective(Call call, AppName app) {
    List<PortMapping> own = set(app);
    return own.isEmpty() ? detected(call, app) : own;
  }

  /** The detected map with the effects of a certificate; never empty. */
  List<PortMapping> detected(Call call, AppName app) {
    List<PortMapping> found = stored(app, DETECTED);
    if (found.isEmpty()) {
      int port = proxyPorts.computed(app, ProxyPorts.PORT).orElse(HTTP);
      found = List.of(new PortMapping("http", port, CONTAINER_PORT));
    }
    return secured(call, app) ? withHttps(app, found) : found;
  }

  boolean secured(Call call, AppName app) {
    return triggers.ask(call, CERTS_EXISTS, app).equals("true")
        || triggers.ask(call, CERTS_FORCE, app).equals("true");
  }

  private List<PortMapping> withHttps(AppName app, List<PortMapping> found) {
    int port = proxyPorts.computed(app, ProxyPorts.SSL_PORT).orElse(HTTPS);
    List<PortMapping> added = new ArrayList<>(found);
    for (PortMapping each : found) {
      if (isHttp(each) && each.hostPort() == HTTP) {
        added.add(new PortMapping("https", port, each.containerPort()));
      }
    }
    if (added.size() > found.size()) {
      return added;
    }
    return found.stream()
        .map(
            each ->
                isHttp(each)
                    ? new PortMapping("https", each.hostPort(), each.containerPort())
                    : each)
        .toList();
  }

  private static boolean isHttp(PortMapping mapping) {
    return mapping.scheme().equals("http");
  }

  private List<PortMapping> stored(AppName app, String key) {
    return parsed(store.list(PLUGIN, Scope.of(app), key)).stream().sorted().toList();
  }

  /** The lines that are mappings. */
  static List<PortMapping> parsed(List<String> lines) {
    return lines.stream().flatMap(line -> parsed(line).stream()).toList();
  }

  private static Optional<PortMapping> parsed(String line) {
    try {
      return Optional.of(PortMapping.parse(line.strip()));
    } catch (UserError notAMapping) {
      // written by somebody else; serving the rest beats serving nothing
      return Optional.empty();
    }
  }

  /** Sorted as text and without repetition, as the file has them. */
  static List<String> lines(List<PortMapping> mappings) {
    return mappings.stream().map(PortMapping::toString).sorted().distinct().toList();
  }

  static String words(List<PortMapping> mappings) {
    return String.join(" ", mappings.stream().map(PortMapping::toString).toList());
  }

  static String json(List<PortMapping> mappings) {
    return mappings.stream()
        .map(
            each ->
                "{\"container_port\":%d,\"host_port\":%d,\"scheme\":\"%s\"}"
                    .formatted(each.containerPort(), each.hostPort(), each.scheme()))
        .collect(java.util.stream.Collectors.joining(",", "[", "]"));
  }
}
