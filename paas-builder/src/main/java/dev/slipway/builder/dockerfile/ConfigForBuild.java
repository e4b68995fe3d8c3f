package dev.slipway.builder.dockerfile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.core.output.Output;
import dev.slipway.core.process.HostVariables;
import java.util.HashMap;
import java.util.Map;

/**
 * The app's own configuration as a build may see it: only variables that an option names, and none
 * that would act on the docker client itself.
 */
final class ConfigForBuild {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, String> config;

  /**
   * @param json an object of texts, as {@code config-export} prints it
   */
  ConfigForBuild(String json) {
    try {
      config =
          json.isBlank()
              ? Map.of()
              : JSON.readValue(json, new TypeReference<Map<String, String>>() {});
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("config-export printed something that is not JSON", e);
    }
  }

  /** The values for the environment of the docker client. */
  Map<String, String> valuesFor(BuildOptions options, Output out) {
    Map<String, String> values = new HashMap<>();
    for (String name : options.namedVariables()) {
      String value = config.get(name);
      if (value != null && HostVariables.steers(name)) {
        out.warn(name + " is not passed to the build: it would act on the docker client itself");
      } else if (value != null) {
        values.put(name, value);
      }
    }
    return values;
  }
}
