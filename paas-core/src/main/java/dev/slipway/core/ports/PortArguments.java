package dev.slipway.core.ports;

import dev.slipway.core.error.UserError;
import dev.slipway.core.model.PortMapping;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What was typed behind {@code ports:add}, {@code ports:set} and {@code ports:remove}: mappings,
 * and bare host ports, which only {@code remove} has a use for.
 */
record PortArguments(List<PortMapping> mappings, Set<Integer> hostPorts) {
  PortArguments {
    mappings = List.copyOf(mappings);
    hostPorts = Set.copyOf(hostPorts);
  }

  /**
   * @throws UserError if there are none, or one is malformed
   */
  static PortArguments parse(List<String> words) {
    if (words.isEmpty()) {
      throw new UserError("No port mapping specified");
    }
    List<PortMapping> mappings = new ArrayList<>();
    Set<Integer> hostPorts = new HashSet<>();
    for (String word : words) {
      if (word.contains(":")) {
        mappings.add(PortMapping.parse(word));
      } else {
        hostPorts.add(bare(word));
      }
    }
    return new PortArguments(mappings, hostPorts);
  }

  private static int bare(String word) {
    int port;
    try {
      port = Integer.parseInt(word);
    } catch (NumberFormatException e) {
      throw new UserError(
          "Invalid port map "
              + word
              + " [err=strconv.Atoi: parsing \""
              + word
              + "\": invalid syntax]");
    }
    if (!PortMapping.isPort(port)) {
      throw new UserError("Invalid port map " + word + " [hostPort=" + word + "]");
    }
    return port;
  }

  /**
   * @param what names the list in the message, {@code new port mappings}
   * @throws UserError if two mappings claim the same scheme and host port
   */
  static void requireDistinct(List<PortMapping> mappings, String what) {
    Set<String> seen = new HashSet<>();
    for (PortMapping each : mappings) {
      if (!seen.add(each.schemeAndHostPort())) {
        throw new UserError(
            "Error validating "
                + what
                + ": The same scheme:host-port is being reused: "
                + each.schemeAndHostPort());
      }
    }
  }
}
