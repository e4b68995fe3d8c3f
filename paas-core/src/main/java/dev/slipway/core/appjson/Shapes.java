package dev.slipway.core.appjson;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import dev.slipway.core.error.UserError;
import java.util.Map;

/**
 * Which type the value of a known key has. {@code null} passes everywhere, as absent does. Spec: 03
 * sections 7.2 and 7.5.
 */
final class Shapes {
  private static final Map<String, JsonNodeType> CHECK =
      Map.ofEntries(
          Map.entry("type", JsonNodeType.STRING),
          Map.entry("name", JsonNodeType.STRING),
          Map.entry("attempts", JsonNodeType.NUMBER),
          Map.entry("timeout", JsonNodeType.NUMBER),
          Map.entry("wait", JsonNodeType.NUMBER),
          Map.entry("initialDelay", JsonNodeType.NUMBER),
          Map.entry("path", JsonNodeType.STRING),
          Map.entry("content", JsonNodeType.STRING),
          Map.entry("httpHeaders", JsonNodeType.ARRAY),
          Map.entry("scheme", JsonNodeType.STRING),
          Map.entry("port", JsonNodeType.NUMBER),
          Map.entry("command", JsonNodeType.ARRAY),
          Map.entry("uptime", JsonNodeType.NUMBER),
          Map.entry("listening", JsonNodeType.BOOLEAN),
          Map.entry("warn", JsonNodeType.BOOLEAN));
  private static final Map<String, JsonNodeType> FORMATION =
      Map.of("quantity", JsonNodeType.NUMBER, "max_parallel", JsonNodeType.NUMBER);
  private static final Map<String, JsonNodeType> CRON =
      Map.of(
          "command", JsonNodeType.STRING,
          "schedule", JsonNodeType.STRING,
          "maintenance", JsonNodeType.BOOLEAN,
          "concurrency_policy", JsonNodeType.STRING);

  private Shapes() {}

  /**
   * @throws UserError naming the first key whose value has another type
   */
  static void check(JsonNode root) {
    is(root.path("buildpacks"), JsonNodeType.ARRAY, "buildpacks");
    is(root.path("env"), JsonNodeType.OBJECT, "env");
    is(root.path("scripts"), JsonNodeType.OBJECT, "scripts");
    scripts(root.path("scripts"));
    list(root.path("cron"), CRON, "cron");
    is(root.path("formation"), JsonNodeType.OBJECT, "formation");
    root.path("formation")
        .properties()
        .forEach(each -> object(each.getValue(), FORMATION, "formation." + each.getKey()));
    is(root.path("healthchecks"), JsonNodeType.OBJECT, "healthchecks");
    root.path("healthchecks")
        .properties()
        .forEach(each -> list(each.getValue(), CHECK, "healthchecks." + each.getKey()));
  }

  private static void scripts(JsonNode scripts) {
    is(scripts.path("postdeploy"), JsonNodeType.STRING, "scripts.postdeploy");
    object(
        scripts.path("dokku"),
        Map.of("predeploy", JsonNodeType.STRING, "postdeploy", JsonNodeType.STRING),
        "scripts.dokku");
  }

  private static void list(JsonNode node, Map<String, JsonNodeType> fields, String where) {
    is(node, JsonNodeType.ARRAY, where);
    for (int i = 0; i < node.size(); i++) {
      object(node.get(i), fields, where + "[" + i + "]");
    }
  }

  private static void object(JsonNode node, Map<String, JsonNodeType> fields, String where) {
    is(node, JsonNodeType.OBJECT, where);
    fields.forEach((key, type) -> is(node.path(key), type, where + "." + key));
  }

  private static void is(JsonNode node, JsonNodeType type, String where) {
    if (!node.isMissingNode() && !node.isNull() && node.getNodeType() != type) {
      throw new UserError(
          "Cannot parse app.json: "
              + where
              + " must be of type "
              + type.name().toLowerCase(java.util.Locale.ROOT));
    }
  }
}
