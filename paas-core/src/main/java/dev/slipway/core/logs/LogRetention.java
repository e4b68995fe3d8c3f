package dev.slipway.core.logs;

import static dev.slipway.core.triggers.CoreTriggers.DOCKER_ARGS_DEPLOY;
import static dev.slipway.core.triggers.CoreTriggers.DOCKER_ARGS_PROCESS_DEPLOY;
import static dev.slipway.core.triggers.CoreTriggers.LOGS_GET_PROPERTY;
import static dev.slipway.core.triggers.CoreTriggers.POST_DELETE;

import dev.slipway.core.engine.Engine;
import dev.slipway.core.error.UserError;
import dev.slipway.core.model.AppName;
import dev.slipway.core.store.PropertyStore;
import dev.slipway.core.triggers.Handlers;
import dev.slipway.core.triggers.Invocation;
import dev.slipway.core.triggers.Triggers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How much of the log of a deployed container is kept. Spec: 04 section 13.3. */
public final class LogRetention {
  private static final String PLUGIN = "logs";
  private static final String MAX_SIZE = "max-size";
  private static final String UNLIMITED = "unlimited";
  private static final Set<String> DRIVERS = Set.of("local", "json-file");
  private static final Pattern DRIVER = Pattern.compile("--log-driver[= ]'?([A-Za-z0-9_.-]+)");

  private final PropertyStore properties;
  private final Triggers triggers;
  private final Engine engine;

  public LogRetention(PropertyStore properties, Triggers triggers, Engine engine) {
    this.properties = properties;
    this.triggers = triggers;
    this.engine = engine;
  }

  public void register(Handlers handlers) {
    handlers
        .on(PLUGIN, LOGS_GET_PROPERTY, this::property)
        .on(PLUGIN, DOCKER_ARGS_PROCESS_DEPLOY, this::options)
        .on(PLUGIN, POST_DELETE, inv -> properties.destroy(PLUGIN, inv.app(0)));
  }

  private void property(Invocation inv) {
    if (!inv.argument(1).equals(MAX_SIZE)) {
      throw new UserError("Invalid logs property specified: " + inv.argument(1));
    }
    inv.out().line(maxSize(inv.app(0)));
  }

  private String maxSize(AppName app) {
    return properties.effective(PLUGIN, app, MAX_SIZE, "10m");
  }

  private void options(Invocation inv) {
    try {
      inv.call().streams().in().transferTo(inv.call().streams().out());
    } catch (IOException e) {
      throw new UncheckedIOException("passing docker arguments on", e);
    }
    String size = maxSize(inv.app(0));
    if (!size.equals(UNLIMITED) && DRIVERS.contains(driver(inv))) {
      inv.out().text(" --log-opt=max-size=" + size);
    }
  }

  private String driver(Invocation inv) {
    String options = triggers.ask(inv.call(), DOCKER_ARGS_DEPLOY, inv.argument(0), inv.argument(2));
    Matcher named = DRIVER.matcher(options);
    return named.find() ? named.group(1) : engine.info().getOrDefault("loggingDriver", "json-file");
  }
}
