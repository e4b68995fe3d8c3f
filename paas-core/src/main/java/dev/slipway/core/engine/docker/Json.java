package dev.slipway.core.engine.docker;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.core.engine.Container;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Answers of the engine as values. Whatever field is missing counts as empty. */
final class Json {
  private static final Pattern EXITED = Pattern.compile("Exited \\(([0-9]+)\\).*");

  private Json() {}

  /** From the full description of one container. */
  static Container container(JsonNode json) {
    JsonNode state = json.path("State");
    return new Container(
        json.path("Id").asText(),
        json.path("Name").asText().replaceFirst("^/", ""),
        json.at("/Config/Image").asText(),
        json.path("Image").asText(),
        state.path("Status").asText(),
        state.path("ExitCode").intValue(),
        json.path("RestartCount").intValue(),
        started(state.path("StartedAt").asText("")),
        state.path("OOMKilled").booleanValue(),
        pairs(json.at("/Config/Labels")),
        addresses(json.at("/NetworkSettings/Networks")));
  }

  /** From an entry of the list, which knows less. */
  static Container listed(JsonNode json) {
    Matcher exited = EXITED.matcher(json.path("Status").asText(""));
    return new Container(
        json.path("Id").asText(),
        json.at("/Names/0").asText("").replaceFirst("^/", ""),
        json.path("Image").asText(),
        json.path("ImageID").asText(),
        json.path("State").asText(),
        exited.matches() ? Integer.parseInt(exited.group(1)) : 0,
        0,
        Optional.empty(),
        false,
        pairs(json.path("Labels")),
        addresses(json.at("/NetworkSettings/Networks")));
  }

  private static Optional<Instant> started(String text) {
    return text.isEmpty() || text.startsWith("0001-")
        ? Optional.empty()
        : Optional.of(Instant.parse(text));
  }

  private static Map<String, String> addresses(JsonNode networks) {
    Map<String, String> addresses = new HashMap<>();
    networks
        .properties()
        .forEach(
            each -> {
              String address = each.getValue().path("IPAddress").asText("");
              if (!address.isEmpty()) {
                addresses.put(each.getKey(), address);
              }
            });
    return addresses;
  }

  static Map<String, String> pairs(JsonNode object) {
    Map<String, String> pairs = new HashMap<>();
    object.properties().forEach(each -> pairs.put(each.getKey(), each.getValue().asText()));
    return pairs;
  }

  static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(each -> texts.add(each.asText()));
    return texts;
  }
}
