package dev.slipway.core.network;

import dev.slipway.core.engine.Container;
import dev.slipway.core.engine.Engine;
import java.util.Map;
import java.util.Optional;

/**
 * Under which address the host reaches a container. A container on the route network has an address
 * that was chosen for it and stays its own; any other one has what the engine gave it.
 */
final class ContainerAddresses {
  private static final String LOOPBACK = "127.0.0.1";

  private final Engine engine;

  ContainerAddresses(Engine engine) {
    this.engine = engine;
  }

  /** Nothing if the container is gone or does not run. */
  Optional<String> of(String id, String initialNetwork) {
    return engine
        .container(id)
        .filter(Container::isRunning)
        .flatMap(container -> address(container.addresses(), initialNetwork));
  }

  private Optional<String> address(Map<String, String> byNetwork, String initialNetwork) {
    if (byNetwork.containsKey("host")) {
      return Optional.of(LOOPBACK);
    }
    return known(byNetwork, engine.routeNetwork().name())
        .or(() -> known(byNetwork, initialNetwork.isEmpty() ? "bridge" : initialNetwork))
        .or(() -> byNetwork.values().stream().filter(each -> !each.isEmpty()).findFirst());
  }

  private static Optional<String> known(Map<String, String> byNetwork, String name) {
    return Optional.ofNullable(byNetwork.get(name)).filter(each -> !each.isEmpty());
  }

  /** The host part of a static listener, {@code 127.0.0.1} where it has none. */
  static String host(String listener) {
    int colon = listener.indexOf(':');
    String host = colon < 0 ? listener : listener.substring(0, colon);
    return host.isEmpty() ? LOOPBACK : host;
  }
}
