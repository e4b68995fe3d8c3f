package dev.slipway.builder.dockerfile;

import dev.slipway.core.model.PortMapping;
import java.util.ArrayList;
import java.util.List;

/** The ports that an app says it listens on. Spec: 02 section 4.2, 03 section 5.1. */
final class ExposedPorts {
  private static final String INSTRUCTION = "EXPOSE ";
  private static final int HTTPS = 443;

  private ExposedPorts() {}

  /**
   * Those of a Dockerfile: of lines that begin with {@code EXPOSE}, the first word behind it. What
   * is not a plain port, such as a variable, is left to the image.
   */
  static List<PortMapping> ofDockerfile(String text) {
    List<String> ports = new ArrayList<>();
    for (String line : text.split("\\R")) {
      if (line.startsWith(INSTRUCTION)) {
        ports.add(line.substring(INSTRUCTION.length()).strip().split("\\s+", 2)[0]);
      }
    }
    return mappings(ports);
  }

  /** Mappings of {@code 80}, {@code 80/tcp} and {@code 80/udp}. */
  static List<PortMapping> mappings(List<String> ports) {
    return ports.stream()
        .filter(port -> port.matches("[0-9]{1,5}(/(tcp|udp))?"))
        .filter(port -> PortMapping.isPort(number(port)))
        .map(ExposedPorts::mapping)
        .distinct()
        .toList();
  }

  private static PortMapping mapping(String port) {
    int number = number(port);
    String scheme = port.endsWith("/udp") ? "udp" : number == HTTPS ? "https" : "http";
    return new PortMapping(scheme, number, number);
  }

  private static int number(String port) {
    return Integer.parseInt(port.split("/", 2)[0]);
  }
}
