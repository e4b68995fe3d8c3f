package dev.slipway.core.builds;

import dev.slipway.core.call.Call;
import dev.slipway.core.config.ExportedConfig;
import dev.slipway.core.error.ToolFailure;
import dev.slipway.core.error.UserError;
import dev.slipway.core.model.AppName;
import dev.slipway.core.model.Scope;
import dev.slipway.core.store.PropertyStore;
import dev.slipway.core.text.ShellWords;
import dev.slipway.core.triggers.TriggerFailed;
import dev.slipway.core.triggers.Triggers;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The secrets of an app that its builds must not show: of its configuration and build arguments.
 */
final class Secrets {
  private static final Logger log = LoggerFactory.getLogger(Secrets.class);
  private static final String ARGUMENT = "--build-arg";

  private final PropertyStore properties;
  private final Triggers triggers;

  Secrets(PropertyStore properties, Triggers triggers) {
    this.properties = properties;
    this.triggers = triggers;
  }

  /** As they are now. A configuration that cannot be read has none; the build will say why. */
  List<String> of(Call call, AppName app) {
    String wanted = BuildProperties.maskSecrets(properties, app);
    if (wanted.equals("false")) {
      return List.of();
    }
    Map<String, String> values = new TreeMap<>();
    try {
      addBuildArguments(values, app);
      values.putAll(ExportedConfig.merged(triggers, call, app));
    } catch (ToolFailure | UserError | TriggerFailed e) {
      log.warn("secrets of builds not all known app={}: {}", app, e.getMessage());
    }
    return SecretValues.of(app, values, wanted.equals("all"));
  }

  /** As {@code docker-options:add} stores them. */
  private void addBuildArguments(Map<String, String> values, AppName app) {
    for (String line : properties.list("docker-options", Scope.of(app), "_default_.build")) {
      List<String> words = ShellWords.split(line, "build options");
      for (int i = 0; i < words.size(); i++) {
        String word = words.get(i);
        if (word.equals(ARGUMENT) && i + 1 < words.size()) {
          add(values, words.get(i + 1));
        } else if (word.startsWith(ARGUMENT + "=")) {
          add(values, word.substring(ARGUMENT.length() + 1));
        }
      }
    }
  }

  private static void add(Map<String, String> values, String pair) {
    int equals = pair.indexOf('=');
    if (equals > 0) {
      values.put(pair.substring(0, equals), pair.substring(equals + 1));
    }
  }
}
