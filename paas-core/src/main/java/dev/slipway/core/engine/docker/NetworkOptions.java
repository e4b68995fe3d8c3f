package dev.slipway.core.engine.docker;

import dev.slipway.core.engine.docker.OptionWords.Unmapped;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code --network}, {@code --publish} and {@code --expose} in the API's words. */
final class NetworkOptions {
  private static final Pattern PUBLISHED =
      Pattern.compile(
          "(?:([0-9]+\\.[0-9]+\\.[0-9]+\\.[0-9]+|\\[[0-9a-fA-F:]+]):)?(?:([0-9]*):)?([0-9]+)"
              + "(/tcp|/udp|/sctp)?");
  private static final Pattern EXPOSED = Pattern.compile("([0-9]+)(/tcp|/udp|/sctp)?");

  private NetworkOptions() {}

  /** A name, or {@code name=...,alias=...,ip=...}. */
  static void join(Draft draft, String value) throws Unmapped {
    String name = value;
    String address = "";
    List<String> aliases = new ArrayList<>();
    if (value.contains("=")) {
      name = "";
      for (String field : value.split(",", -1)) {
        String[] parts = field.split("=", 2);
        switch (parts[0]) {
          case "name" -> name = parts[parts.length - 1];
          case "alias" -> aliases.add(parts[parts.length - 1]);
          case "ip" -> address = parts[parts.length - 1];
          default -> throw new Unmapped(value);
        }
      }
    }
    draft.networks.add(new Draft.Network(name, aliases, address));
    draft.host.put("NetworkMode", draft.networks.getFirst().name());
  }

  /** {@code [IP:][HOST_PORT:]PORT[/PROTOCOL]}; ranges are for the client. */
  static void publish(Draft draft, String value) throws Unmapped {
    Matcher port = PUBLISHED.matcher(value);
    if (!port.matches()) {
      throw new Unmapped(value);
    }
    String inside = port.group(3) + protocol(port.group(4));
    draft.expose(inside);
    String ip = port.group(1) == null ? "" : port.group(1).replace("[", "").replace("]", "");
    draft
        .host
        .withObjectProperty("PortBindings")
        .withArrayProperty(inside)
        .addObject()
        .put("HostIp", ip)
        .put("HostPort", port.group(2) == null ? "" : port.group(2));
  }

  static void expose(Draft draft, String value) throws Unmapped {
    Matcher port = EXPOSED.matcher(value);
    if (!port.matches()) {
      throw new Unmapped(value);
    }
    draft.expose(port.group(1) + protocol(port.group(2)));
  }

  private static String protocol(@Nullable String named) {
    return named == null ? "/tcp" : named;
  }
}
