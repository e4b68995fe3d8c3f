package dev.slipway.core.config;

import static dev.slipway.core.config.EnvText.joined;
import static dev.slipway.core.config.EnvText.shellQuoted;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.core.error.UserError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;

/** The forms of {@code config:export}. Spec: 01 section 10.3. */
enum ExportFormat {
  EXPORTS("exports"),
  SHELL("shell"),
  ENVFILE("envfile"),
  DOCKER_ARGS("docker-args"),
  DOCKER_ARGS_KEYS("docker-args-keys"),
  PACK_KEYS("pack-keys"),
  JSON("json"),
  JSON_LIST("json-list"),
  PRETTY("pretty");

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final String word;

  ExportFormat(String word) {
    this.word = word;
  }

  /**
   * @throws UserError if there is no such format
   */
  static ExportFormat parse(String text) {
    for (ExportFormat format : values()) {
      if (format.word.equals(text)) {
        return format;
      }
    }
    throw new UserError("Unknown export format: " + text);
  }

  /** The whole output, line end included where the form has one. */
  String of(NavigableMap<String, String> values) {
    return switch (this) {
      case EXPORTS ->
          joined(values, "\n", (key, value) -> "export " + key + "=" + shellQuoted(value)) + "\n";
      case SHELL -> joined(values, " ", (key, value) -> key + "=" + shellQuoted(value)) + " ";
      case ENVFILE -> EnvText.write(values);
      case DOCKER_ARGS ->
          joined(values, " ", (key, value) -> "--env=" + key + "=" + shellQuoted(value)) + "\n";
      case DOCKER_ARGS_KEYS -> joined(values, " ", (key, value) -> "--env=" + key) + "\n";
      case PACK_KEYS -> joined(values, " ", (key, value) -> "--env " + key) + "\n";
      case JSON -> json(values) + "\n";
      case JSON_LIST -> (values.isEmpty() ? "null" : json(list(values))) + "\n";
      case PRETTY -> pretty(values) + "\n";
    };
  }

  private static List<Map<String, String>> list(NavigableMap<String, String> values) {
    return values.entrySet().stream().map(ExportFormat::item).toList();
  }

  private static Map<String, String> item(Map.Entry<String, String> each) {
    Map<String, String> item = new LinkedHashMap<>();
    item.put("name", each.getKey());
    item.put("value", each.getValue());
    return item;
  }

  private static String json(Object value) {
    try {
      return MAPPER
          .writeValueAsString(value)
          .replace("<", "\\u003c")
          .replace(">", "\\u003e")
          .replace("&", "\\u0026");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("strings always make JSON", e);
    }
  }

  /** {@code KEY:} padded to the widest key and two blanks, then the value without outer blanks. */
  static String pretty(NavigableMap<String, String> values) {
    int width = values.keySet().stream().mapToInt(String::length).max().orElse(0) + 3;
    return joined(
        values,
        "\n",
        (key, value) -> key + ":" + " ".repeat(width - key.length() - 1) + value.strip());
  }
}
