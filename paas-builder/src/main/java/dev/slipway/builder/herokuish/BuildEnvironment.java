package dev.slipway.builder.herokuish;

import static dev.slipway.core.triggers.CoreTriggers.CONFIG_EXPORT;

import dev.slipway.core.call.Call;
import dev.slipway.core.config.ExportedConfig;
import dev.slipway.core.model.AppName;
import dev.slipway.core.source.SourceTree;
import dev.slipway.core.text.ExactText;
import dev.slipway.core.triggers.Triggers;
import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The configuration of an app as files for its build: one for each variable, and all of them behind
 * the repository's own {@code .env}. They go into the container as files, so that no value stands
 * on a command line or in the history of an image. Spec: 03 section 5.2.
 */
final class BuildEnvironment {
  private static final String FOLDER = "tmp/env/";
  private static final String DOTENV = ".env";
  private static final int LARGEST = 1 << 20;
  private static final Map<String, String> TIMEOUTS =
      Map.of("CURL_CONNECT_TIMEOUT", "90", "CURL_TIMEOUT", "600");

  private final Triggers triggers;

  BuildEnvironment(Triggers triggers) {
    this.triggers = triggers;
  }

  /** The values, by name, as options that name a variable only may take them. */
  Map<String, String> values(Call call, AppName app) {
    Map<String, String> values = new TreeMap<>(TIMEOUTS);
    values.putAll(ExportedConfig.merged(triggers, call, app));
    return values;
  }

  /** The files by their path from the top of the container. */
  Map<String, byte[]> files(Call call, AppName app, SourceTree source) {
    Map<String, byte[]> files = new HashMap<>();
    values(call, app)
        .forEach(
            (name, value) -> {
              if (name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
                files.put(FOLDER + name, ExactText.encode(value));
              }
            });
    files.put("app/" + DOTENV, dotenv(call, app, source));
    return files;
  }

  private byte[] dotenv(Call call, AppName app, SourceTree source) {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    source
        .read(DOTENV, LARGEST)
        .filter(own -> own.length > 0)
        .ifPresent(
            own -> {
              text.writeBytes(own);
              if (own[own.length - 1] != '\n') {
                text.write('\n');
              }
            });
    text.writeBytes(
        ExactText.encode(triggers.ask(call, CONFIG_EXPORT, app, false, true, "envfile") + "\n"));
    return text.toByteArray();
  }
}
