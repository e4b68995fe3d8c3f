package dev.slipway.core.appjson;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * A variable that an app asks for. Spec: 03 section 7.3.
 *
 * @param description for the person who is asked for a value; may be empty
 * @param value the default; may be empty
 * @param required whether a first deploy fails without a value
 * @param secret whether a random value is made
 * @param sync whether each deploy sets it anew
 */
record EnvVariable(
    String name, String description, String value, boolean required, boolean secret, boolean sync) {

  /** From an entry whose shape has been checked. */
  static EnvVariable of(Map.Entry<String, JsonNode> entry) {
    JsonNode node = entry.getValue();
    if (node.isTextual()) {
      return new EnvVariable(entry.getKey(), "", node.textValue(), true, false, false);
    }
    return new EnvVariable(
        entry.getKey(),
        node.path("description").asText(""),
        node.path("value").asText(""),
        node.path("required").asBoolean(true),
        node.path("generator").asText("").equals("secret"),
        node.path("sync").asBoolean(false));
  }

  /** Without the value, which may be secret. */
  @Override
  public String toString() {
    return name;
  }
}
