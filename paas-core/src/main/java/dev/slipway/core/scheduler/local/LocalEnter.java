package dev.slipway.core.scheduler.local;

import static dev.slipway.core.triggers.CoreTriggers.SCHEDULER_ENTER;

import dev.slipway.core.call.Call;
import dev.slipway.core.engine.Container;
import dev.slipway.core.engine.Engine;
import dev.slipway.core.engine.Labels;
import dev.slipway.core.error.UserError;
import dev.slipway.core.model.AppName;
import dev.slipway.core.model.Instance;
import dev.slipway.core.store.DurableFiles;
import dev.slipway.core.store.PropertyStore;
import dev.slipway.core.store.Roots;
import dev.slipway.core.store.StateFiles;
import dev.slipway.core.triggers.Handlers;
import dev.slipway.core.triggers.Invocation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Commands in the containers that an app has now. Spec: 04 section 11. */
public final class LocalEnter {
  private static final String PLUGIN = "scheduler-docker-local";
  private static final String BY_ID = "--container-id";
  private static final String SHELL = "/bin/bash";

  private final Engine engine;
  private final StateFiles state;
  private final PropertyStore properties;

  public LocalEnter(Engine engine, Roots roots, DurableFiles files, PropertyStore properties) {
    this.engine = engine;
    this.state = new StateFiles(roots, files);
    this.properties = properties;
  }

  public void register(Handlers handlers) {
    handlers.on(PLUGIN, SCHEDULER_ENTER, this::enter);
  }

  private void enter(Invocation inv) {
    if (!inv.argument(0).equals("docker-local")) {
      return;
    }
    AppName app = inv.app(1);
    List<String> which = new ArrayList<>();
    List<String> command = new ArrayList<>(inv.from(2));
    while (!command.isEmpty() && !command.getFirst().equals("--")) {
      which.add(command.removeFirst());
    }
    if (!command.isEmpty()) {
      command.removeFirst();
    }
    SortedMap<Instance, String> containers = new TreeMap<>(StateFiles.LEXICAL);
    containers.putAll(state.containers(app));
    if (containers.isEmpty()) {
      throw new UserError("App " + app + " has not been deployed");
    }
    String id = chosen(inv.call(), app, containers, which);
    run(inv.call(), app, id, command);
  }

  private static String chosen(
      Call call, AppName app, SortedMap<Instance, String> containers, List<String> which) {
    if (which.isEmpty()) {
      return onlyType(call, app, containers);
    }
    if (which.getFirst().equals(BY_ID)) {
      return byId(call, app, containers, which.size() < 2 ? "" : which.get(1));
    }
    String wanted = which.getFirst();
    Optional<String> found =
        containers.entrySet().stream()
            .filter(
                each ->
                    each.getKey().toString().equals(wanted)
                        || each.getKey().type().value().equals(wanted))
            .map(Map.Entry::getValue)
            .findFirst();
    if (found.isEmpty()) {
      call.out().warn("No containers found for type '" + wanted + "'");
      throw available(app, containers);
    }
    return found.get();
  }

  private static String onlyType(Call call, AppName app, SortedMap<Instance, String> containers) {
    if (types(containers).size() > 1) {
      call.out().warn("No container type specified.");
      throw available(app, containers);
    }
    return containers.values().iterator().next();
  }

  private static String byId(
      Call call, AppName app, SortedMap<Instance, String> containers, String wanted) {
    Optional<String> found =
        containers.values().stream()
            .filter(id -> !wanted.isEmpty() && (id.startsWith(wanted) || wanted.startsWith(id)))
            .findFirst();
    if (found.isEmpty()) {
      call.out().warn("Invalid container id for app: " + wanted);
      throw new UserError(
          "Available ids for app (" + app + "): " + String.join(" ", containers.values()));
    }
    return found.get();
  }

  private static SortedSet<String> types(SortedMap<Instance, String> containers) {
    return containers.keySet().stream()
        .map(each -> each.type().value())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static UserError available(AppName app, SortedMap<Instance, String> containers) {
    return new UserError(
        "Available types for app (" + app + "): " + String.join(" ", types(containers)));
  }

  private void run(Call call, AppName app, String id, List<String> command) {
    Container container =
        engine
            .container(id)
            .filter(Container::isRunning)
            .orElseThrow(() -> new UserError("Container is not running"));
    String builder = container.labels().getOrDefault(Labels.BUILDER_TYPE, "");
    List<String> words = new ArrayList<>(command);
    if (words.isEmpty()) {
      words.add(properties.effective("scheduler", app, "shell", SHELL));
    }
    if (builder.equals("herokuish")) {
      words.addFirst("/exec");
    }
    Optional<String> folder = builder.equals("pack") ? Optional.of("/workspace") : Optional.empty();
    boolean tty = call.terminal().isPresent();
    int status = engine.exec(container.id(), words, folder, call.streams(), tty, call.terminal());
    if (status != 0) {
      throw UserError.silent(status);
    }
  }
}
