package dev.slipway.core.appjson;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.core.error.UserError;
import java.util.ArrayList;
import java.util.List;

/**
 * What an app.json says, as far as it is known. JSON with comments and trailing commas; a key that
 * is given twice is refused. Spec: 03 section 7.2.
 *
 * @param content the known keys; those that are absent are {@code null} in it, except {@code env}
 */
public record AppJson(ObjectNode content) {
  private static final int DEEPEST = 50;
  private static final String NOT_JSON = "Cannot parse app.json as jsonc: ";

  private static final ObjectMapper JSON =
      JsonMapper.builder(
              com.fasterxml.jackson.core.JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
                  .build())
          .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
          .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /**
   * @throws UserError if it is not such JSON or a known key has a value of another type
   */
  public static AppJson parse(String text) {
    JsonNode root = text.isBlank() ? JSON.createObjectNode() : read(text);
    if (!root.isObject()) {
      throw new UserError("Cannot parse app.json: an object is expected at the top");
    }
    Shapes.check(root);
    ObjectNode known = JsonNodeFactory.instance.objectNode();
    for (String key :
        List.of("buildpacks", "cron", "env", "formation", "healthchecks", "scripts")) {
      JsonNode value = root.path(key);
      boolean absent = value.isMissingNode() || value.isNull();
      if (!key.equals("env") || !(absent || value.isEmpty())) {
        known.set(key, absent ? JsonNodeFactory.instance.nullNode() : value);
      }
    }
    return new AppJson(known);
  }

  private static JsonNode read(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new UserError(NOT_JSON + e.getOriginalMessage().lines().findFirst().orElse(""));
    }
  }

  /** One line, as {@code app-json-get-content} prints it. */
  public String toJson() {
    return content.toString();
  }

  /** How many containers of a type may start at a time; at least 1. */
  public int parallelism(String type) {
    return Math.max(1, content.path("formation").path(type).path("max_parallel").asInt(0));
  }

  /** The command of {@code scripts.dokku.predeploy}, for instance; empty if there is none. */
  public String script(String... path) {
    JsonNode node = content.path("scripts");
    for (String key : path) {
      node = node.path(key);
    }
    return node.asText("");
  }

  /** The parts that an app asks for and that nothing serves, by their names in the file. */
  public List<String> unserved() {
    List<String> names = new ArrayList<>();
    for (String key : List.of("env", "formation", "cron")) {
      if (!content.path(key).isEmpty()) {
        names.add(key);
      }
    }
    for (List<String> path :
        List.of(
            List.of("dokku", "predeploy"), List.of("dokku", "postdeploy"), List.of("postdeploy"))) {
      if (!script(path.toArray(String[]::new)).isEmpty()) {
        names.add("scripts." + String.join(".", path));
      }
    }
    return names;
  }
}
