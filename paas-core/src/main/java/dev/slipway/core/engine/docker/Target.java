package dev.slipway.core.engine.docker;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A path of the API with its query, every variable part encoded. */
final class Target {
  private final String path;
  private final List<String> query = new ArrayList<>();

  private Target(String path) {
    this.path = path;
  }

  /** A path without variable parts. */
  static Target of(String path) {
    return new Target(path);
  }

  /** {@code /KIND/NAME/ACTION}; an empty action is left out. */
  static Target of(String kind, String name, String action) {
    return new Target("/" + kind + "/" + encode(name) + (action.isEmpty() ? "" : "/" + action));
  }

  /** The same for an image, whose slashes and colons the engine wants as they are. */
  static Target ofImage(String reference, String action) {
    for (String part : reference.split("/", -1)) {
      if (part.isEmpty() || part.equals(".") || part.equals("..")) {
        throw new Refused(Refused.BAD_REQUEST, "invalid reference format");
      }
    }
    String name = encode(reference).replace("%2F", "/").replace("%3A", ":").replace("%40", "@");
    return new Target("/images/" + name + (action.isEmpty() ? "" : "/" + action));
  }

  Target with(String key, Object value) {
    query.add(key + "=" + encode(String.valueOf(value)));
    return this;
  }

  /** Adds the {@code filters} parameter; a filter without values is left out. */
  Target filtered(Map<String, List<String>> filters) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    filters.forEach(
        (name, values) -> {
          if (!values.isEmpty()) {
            ArrayNode list = json.putArray(name);
            values.forEach(list::add);
          }
        });
    return json.isEmpty() ? this : with("filters", json);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }

  @Override
  public String toString() {
    return query.isEmpty() ? path : path + "?" + String.join("&", query);
  }
}
