package dev.slipway.plugins.host;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.plugins.host.PluginFolder.Plugin;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** The {@code CONFIG_KEY} variables that a plugin's hooks get. Spec: 05 section 1.3. */
final class PluginSettings {
  private static final Pattern NAME = Pattern.compile("[A-Z0-9_]+");

  private final PluginToml toml;
  private final Path config;

  PluginSettings(PluginToml toml, Path pluginPath) {
    this.toml = toml;
    this.config = pluginPath.resolve("config.toml");
  }

  /**
   * One variable for each key of {@code [plugin.config]}: from the environment's {@code
   * PLUGIN_KEY}, else from {@code config.toml}, else empty.
   */
  Map<String, String> of(Plugin plugin, Map<String, String> environment) {
    Map<String, String> variables = new LinkedHashMap<>();
    JsonNode keys = toml.read(plugin.file("plugin.toml")).path("plugin").path("config");
    keys.fieldNames()
        .forEachRemaining(
            key -> {
              String name = variable(key);
              if (NAME.matcher(name).matches()) {
                variables.put("CONFIG_" + name, value(plugin, key, environment));
              }
            });
    return variables;
  }

  private String value(Plugin plugin, String key, Map<String, String> environment) {
    String given = environment.getOrDefault(variable(plugin.name()) + "_" + variable(key), "");
    return given.isEmpty() ? toml.read(config).path(plugin.name()).path(key).asText("") : given;
  }

  private static String variable(String text) {
    return text.toUpperCase(Locale.ROOT).replace('-', '_');
  }
}
