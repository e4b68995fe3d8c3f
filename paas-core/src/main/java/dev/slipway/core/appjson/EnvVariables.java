package dev.slipway.core.appjson;

import static dev.slipway.core.triggers.CoreTriggers.CONFIG_SET;

import dev.slipway.core.call.Call;
import dev.slipway.core.config.ExportedConfig;
import dev.slipway.core.error.UserError;
import dev.slipway.core.model.AppName;
import dev.slipway.core.model.Scope;
import dev.slipway.core.store.PropertyStore;
import dev.slipway.core.triggers.Triggers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Gives an app the variables that its app.json asks for: once, at its first deploy, and those that
 * are marked {@code sync} at each. Values that were made or typed are not printed. Spec: 03 section
 * 7.3.
 */
final class EnvVariables {
  /** Of the plugin {@code app-json}: whether the variables of this source have been set. */
  static final String PROCESSED = "appjson-env-processed";

  private static final int SECRET_BYTES = 32;
  private static final int LONGEST_ANSWER = 1 << 16;
  private static final String DONE = "executed";
  private static final String MASK = "*******";

  private final PropertyStore properties;
  private final Triggers triggers;
  private final SecureRandom random = new SecureRandom();

  EnvVariables(PropertyStore properties, Triggers triggers) {
    this.properties = properties;
    this.triggers = triggers;
  }

  /**
   * Sets what is missing, without a restart.
   *
   * @throws UserError if a required variable has no value and there is nobody to ask
   */
  void process(Call call, AppName app, List<EnvVariable> variables) {
    if (variables.isEmpty()) {
      return;
    }
    call.out().step("Processing app.json env vars");
    boolean first = !isDeployed(app) && !isSet(app, PROCESSED, DONE);
    Map<String, String> config = ExportedConfig.merged(triggers, call, app);
    Map<String, String> values = new LinkedHashMap<>();
    List<String> hidden = new ArrayList<>();
    for (EnvVariable each : variables) {
      boolean has = !config.getOrDefault(each.name(), "").isEmpty();
      if (each.sync() || (first && !has)) {
        value(call, each, hidden).ifPresent(value -> values.put(each.name(), value));
      }
    }
    if (values.isEmpty()) {
      call.out().detail("No env vars to set from app.json");
    } else {
      call.out().step("Setting " + values.size() + " env var(s) from app.json");
      set(call, app, values, hidden);
    }
    properties.set(AppJsons.PLUGIN, Scope.of(app), PROCESSED, DONE);
  }

  private boolean isDeployed(AppName app) {
    return properties.get("common", Scope.of(app), "deployed").filter("true"::equals).isPresent();
  }

  private boolean isSet(AppName app, String key, String value) {
    return properties.get(AppJsons.PLUGIN, Scope.of(app), key).filter(value::equals).isPresent();
  }

  private Optional<String> value(Call call, EnvVariable variable, List<String> hidden) {
    if (variable.secret()) {
      byte[] bytes = new byte[SECRET_BYTES];
      random.nextBytes(bytes);
      String secret = HexFormat.of().formatHex(bytes);
      hidden.add(secret);
      return Optional.of(secret);
    }
    if (!variable.value().isEmpty()) {
      return Optional.of(variable.value());
    }
    if (call.terminal().isPresent()) {
      return asked(call, variable, hidden);
    }
    if (variable.required()) {
      throw new UserError(
          "required env var "
              + variable.name()
              + " has no value, no default, and no TTY for prompt");
    }
    return Optional.empty();
  }

  private static Optional<String> asked(Call call, EnvVariable variable, List<String> hidden) {
    String why = variable.description().isEmpty() ? "" : " (" + variable.description() + ")";
    call.out().step("Enter value for " + variable.name() + why);
    call.out().text("> ");
    String answer = line(call.streams().in());
    if (answer.isEmpty() && variable.required()) {
      throw new UserError("required env var " + variable.name() + " cannot be empty");
    }
    if (answer.isEmpty()) {
      return Optional.empty();
    }
    hidden.add(answer);
    return Optional.of(answer);
  }

  private static String line(InputStream in) {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    try {
      for (int b = in.read();
          b >= 0 && b != '\n' && b != '\r' && line.size() < LONGEST_ANSWER;
          b = in.read()) {
        line.write(b);
      }
    } catch (IOException gone) {
      throw new UserError("no answer: " + gone.getMessage());
    }
    return line.toString(StandardCharsets.UTF_8).strip();
  }

  /** The output is that of any change of configuration, without what is to stay hidden. */
  private void set(Call call, AppName app, Map<String, String> values, List<String> hidden) {
    List<Object> words = new ArrayList<>(List.of("--no-restart", app));
    values.forEach((name, value) -> words.add(name + "=" + value));
    String said = triggers.ask(call, CONFIG_SET, words.toArray());
    for (String secret : hidden) {
      said = said.replace(secret, MASK);
    }
    said.lines().forEach(call.out()::line);
  }
}
