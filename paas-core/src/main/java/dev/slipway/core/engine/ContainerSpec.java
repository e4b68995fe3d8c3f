package dev.slipway.core.engine;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A container to be made, in the language hooks and users speak: an ordered list of words as {@code
 * docker container create} understands them. Later words win where docker lets them.
 *
 * @param name the container's name
 * @param options the option words in order, each one word of a command line ({@code --env=KEY},
 *     {@code -v}, {@code a:b})
 * @param image what to run
 * @param command the words of the command; empty for the image's own
 * @param environment values for {@code --env=KEY} options that name a key without a value
 * @param routeAddress the address on the route network that is to be this container's for good;
 *     absent for containers that the proxy does not reach
 */
public record ContainerSpec(
    String name,
    List<String> options,
    String image,
    List<String> command,
    Map<String, String> environment,
    Optional<String> routeAddress) {
  public ContainerSpec {
    options = List.copyOf(options);
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }
}
