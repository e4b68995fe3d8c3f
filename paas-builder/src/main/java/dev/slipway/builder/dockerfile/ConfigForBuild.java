package dev.slipway.builder.dockerfile;

import dev.slipway.core.output.Output;
import dev.slipway.core.process.HostVariables;
import java.util.HashMap;
import java.util.Map;

/**
 * The app's own configuration as a build may see it: only variables that an option names, and none
 * that would act on the docker client itself.
 */
final class ConfigForBuild {
  private final Map<String, String> config;

  /**
   * @param config what is set for the app itself
   */
  ConfigForBuild(Map<String, String> config) {
    this.config = config;
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
