package dev.slipway.core.appjson;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.core.error.UserError;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an app.json says, as far as it is known. JSON with comments and trailing commas; a key that
 * is given twice is refused. Spec: 03 section 7.2.
 *
 * @param content the known keys; those that are absent are {@code null} in it, except {@code env}
 */
public record AppJson(ObjectNode content) {
  /** What the messages call the file. */
  private static final String NAME = "app.json";

  /**
   * @throws UserError if it is not such JSON or a known key has a value of another type
   */
  public static AppJson parse(String text) {
    return parse(text, NAME);
  }

  /**
   * The same; the message names the place in {@code file}.
   *
   * @param file as the app's developers know it
   */
  static AppJson parse(String text, String file) {
    JsonNode root = text.isBlank() ? JsonNodeFactory.instance.objectNode() : read(text, file);
    Shapes.firstWrong(root)
        .ifPresent(
            wrong -> {
              throw new UserError(
                  "Cannot parse app.json: "
                      + wrong.message()
                      + Places.of(text, wrong.pointer()).in(file));
            });
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

  private static JsonNode read(String text, String file) {
    try {
      return Places.JSON.readTree(text);
    } catch (JsonProcessingException e) {
      String reason = e.getOriginalMessage().lines().findFirst().orElse("");
      throw new UserError(
          "Cannot parse app.json as jsonc: "
              + reason.replaceAll("\\p{Cntrl}", "?")
              + Places.of(e).in(file));
    }
  }

  /**
   * Where a value stands, for a message.
   *
   * @param text of an app.json that was read without a failure
   * @param pointer to the value, as in RFC 6901
   */
  public static String placeIn(String text, String pointer) {
    return Places.of(text, pointer).in(NAME);
  }

  /** One line, as {@code app-json-get-content} prints it. */
  public String toJson() {
    return content.toString();
  }

  /** How many containers of a type may start at a time; at least 1. */
  public int parallelism(String type) {
    return Math.max(1, content.path("formation").path(type).path("max_parallel").asInt(0));
  }

  /** The count of each type that the formation gives one, by type. */
  SortedMap<String, Integer> quantities() {
    SortedMap<String, Integer> counts = new TreeMap<>();
    content
        .path("formation")
        .properties()
        .forEach(
            each -> {
              JsonNode quantity = each.getValue().path("quantity");
              if (quantity.isInt()) {
                counts.put(each.getKey(), quantity.intValue());
              }
            });
    return counts;
  }

  /** The variables that the app asks for, in order of their names. */
  List<EnvVariable> env() {
    SortedMap<String, EnvVariable> variables = new TreeMap<>();
    content
        .path("env")
        .properties()
        .forEach(each -> variables.put(each.getKey(), EnvVariable.of(each)));
    return new ArrayList<>(variables.values());
  }

  /** The command of {@code scripts.dokku.predeploy}, for instance; empty if there is none. */
  public String script(String... path) {
    JsonNode node = content.path("scripts");
    for (String key : path) {
      node = node.path(key);
    }
    return node.asText("");
  }
}
