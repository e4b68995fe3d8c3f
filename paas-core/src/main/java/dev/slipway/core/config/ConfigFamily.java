package dev.slipway.core.config;

import static dev.slipway.core.triggers.CoreTriggers.CONFIG_EXPORT;
import static dev.slipway.core.triggers.CoreTriggers.CONFIG_GET;
import static dev.slipway.core.triggers.CoreTriggers.CONFIG_GET_GLOBAL;
import static dev.slipway.core.triggers.CoreTriggers.CONFIG_SET;
import static dev.slipway.core.triggers.CoreTriggers.CONFIG_UNSET;
import static dev.slipway.core.triggers.CoreTriggers.DOCKER_ARGS_DEPLOY;
import static dev.slipway.core.triggers.CoreTriggers.DOCKER_ARGS_RUN;
import static dev.slipway.core.triggers.CoreTriggers.POST_DELETE;

import dev.slipway.core.call.Call;
import dev.slipway.core.model.AppName;
import dev.slipway.core.model.Scope;
import dev.slipway.core.store.DurableFiles;
import dev.slipway.core.store.PropertyStore;
import dev.slipway.core.store.Roots;
import dev.slipway.core.triggers.Handlers;
import dev.slipway.core.triggers.Invocation;
import dev.slipway.core.triggers.Triggers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** What the plugin {@code config} answers. Spec: 01 section 10.6. */
public final class ConfigFamily {
  private static final String PLUGIN = "config";

  private final Environments environments;
  private final Config config;

  public ConfigFamily(
      Roots roots, DurableFiles files, PropertyStore properties, Triggers triggers) {
    this.environments = new Environments(roots, files);
    this.config = new Config(environments, properties, triggers);
  }

  /** The service that commands use. */
  public Config config() {
    return config;
  }

  public void register(Handlers handlers) {
    handlers
        .on(PLUGIN, CONFIG_GET, inv -> print(inv, scope(inv.argument(0)), inv.argument(1)))
        .on(PLUGIN, CONFIG_GET_GLOBAL, inv -> print(inv, Scope.GLOBAL, inv.argument(0)))
        .on(PLUGIN, CONFIG_SET, this::set)
        .on(PLUGIN, CONFIG_UNSET, this::unset)
        .on(PLUGIN, CONFIG_EXPORT, this::export)
        .on(PLUGIN, DOCKER_ARGS_DEPLOY, this::dockerArguments)
        .on(PLUGIN, DOCKER_ARGS_RUN, this::dockerArguments)
        .on(PLUGIN, POST_DELETE, inv -> environments.remove(inv.app(0)));
  }

  private static Scope scope(String text) {
    return text.isEmpty() || text.equals("--global") ? Scope.GLOBAL : Scope.of(AppName.parse(text));
  }

  private void print(Invocation inv, Scope scope, String key) {
    String value = environments.load(inv.call(), scope).get(key);
    if (value != null) {
      inv.out().text(value);
    }
  }

  private void set(Invocation inv) {
    List<String> words = new ArrayList<>(inv.arguments());
    boolean restart = !words.remove("--no-restart");
    Scope scope = scope(words.isEmpty() ? "" : words.removeFirst());
    config.set(inv.call(), scope, words, false, restart);
  }

  private void unset(Invocation inv) {
    List<String> words = new ArrayList<>(inv.arguments());
    boolean global = words.remove("--global");
    Scope scope = global ? Scope.GLOBAL : scope(words.isEmpty() ? "" : words.removeFirst());
    if (!words.isEmpty()) {
      boolean restart = words.size() > 1 && words.get(1).equals("true");
      config.unset(inv.call(), scope, List.of(words.getFirst()), restart);
    }
  }

  private void export(Invocation inv) {
    Scope scope = inv.argument(1).equals("true") ? Scope.GLOBAL : scope(inv.argument(0));
    config.export(inv.call(), scope, inv.argument(2).equals("true"), inv.argument(3));
  }

  /**
   * Passes on what it reads, then names every key: the values reach the container with the request.
   */
  private void dockerArguments(Invocation inv) {
    Call call = inv.call();
    try {
      call.streams().in().transferTo(call.streams().out());
    } catch (IOException e) {
      throw new UncheckedIOException("passing docker arguments on", e);
    }
    environments
        .merged(call, Scope.of(inv.app(0)))
        .keySet()
        .forEach(key -> call.out().text(" --env=" + key));
  }
}
