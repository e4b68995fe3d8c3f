package dev.slipway.core.engine.docker;

import dev.slipway.core.error.UserError;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where the engine is and what marks the things made for this installation.
 *
 * @param socket the engine's Unix-domain socket
 * @param routeNetwork the name of the network that the proxy reaches web containers by
 * @param labels put on every container and network made
 * @param program the docker client, for options that the mapping does not know
 * @param environment what that client gets: {@code PATH}, {@code HOME} and {@code DOCKER_*}
 */
public record DockerSettings(
    Path socket,
    String routeNetwork,
    Map<String, String> labels,
    Path program,
    Map<String, String> environment) {
  /** The label that ties an object to an installation. */
  public static final String INSTALLATION = "dev.slipway.installation";

  private static final String UNIX = "unix://";

  public DockerSettings {
    labels = Map.copyOf(labels);
    environment = Map.copyOf(environment);
  }

  /**
   * Reads {@code DOCKER_HOST} and {@code DOCKER_BIN}.
   *
   * @param system whether this is the system installation, whose route network has the plain name
   * @throws UserError if {@code DOCKER_HOST} is not a Unix-domain socket
   */
  public static DockerSettings from(
      Map<String, String> environment, String installation, boolean system) {
    Path socket = socket(environment.getOrDefault("DOCKER_HOST", ""));
    Map<String, String> child = new TreeMap<>();
    environment.forEach(
        (name, value) -> {
          if (name.startsWith("DOCKER_") || name.equals("PATH") || name.equals("HOME")) {
            child.put(name, value);
          }
        });
    child.put("DOCKER_HOST", UNIX + socket);
    return new DockerSettings(
        socket,
        system ? "slipway-route" : "slipway-route-" + installation,
        Map.of(INSTALLATION, installation),
        Path.of(environment.getOrDefault("DOCKER_BIN", "/usr/bin/docker")),
        child);
  }

  private static Path socket(String host) {
    if (host.isEmpty()) {
      return Path.of("/var/run/docker.sock");
    }
    if (!host.startsWith(UNIX)) {
      throw new UserError("DOCKER_HOST must name a Unix-domain socket (unix://PATH), not " + host);
    }
    return Path.of(host.substring(UNIX.length()));
  }
}
