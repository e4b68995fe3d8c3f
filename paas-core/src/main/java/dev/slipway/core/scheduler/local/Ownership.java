package dev.slipway.core.scheduler.local;

import dev.slipway.core.engine.Container;
import dev.slipway.core.engine.Engine;
import dev.slipway.core.engine.Labels;
import dev.slipway.core.error.UserError;
import dev.slipway.core.model.AppName;
import dev.slipway.core.model.Instance;
import dev.slipway.core.store.InstallationId;
import dev.slipway.core.store.StateFiles;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which containers are this installation's: those with its id on their label, and those that its
 * own files name, which may have been made by the reference. Nothing else is ever touched.
 */
final class Ownership {
  private final Engine engine;
  private final StateFiles state;
  private final RetirementQueue queue;
  private final InstallationId installation;

  Ownership(Engine engine, StateFiles state, RetirementQueue queue, InstallationId installation) {
    this.engine = engine;
    this.state = state;
    this.queue = queue;
    this.installation = installation;
  }

  boolean isOurs(AppName app, Container container) {
    String label = container.labels().getOrDefault(Labels.INSTALLATION, "");
    return label.isEmpty()
        ? state.ids(app).contains(container.id()) || queue.hasContainer(container.id())
        : label.equals(installation.value());
  }

  /** All containers of an app, whatever they run. */
  Collection<Container> containersOf(AppName app) {
    Map<String, Container> all = new LinkedHashMap<>();
    state.containers(app).values().stream()
        .flatMap(id -> engine.container(id).stream())
        .filter(each -> isOurs(app, each))
        .forEach(each -> all.put(each.id(), each));
    ours(Labels.with(Labels.APP, app.value())).forEach(each -> all.putIfAbsent(each.id(), each));
    queue.containers().stream()
        .filter(entry -> entry.isOf(app))
        .flatMap(entry -> engine.container(entry.id()).stream())
        .filter(each -> isOurs(app, each))
        .forEach(each -> all.putIfAbsent(each.id(), each));
    return all.values();
  }

  /** What carries this installation's id and the other label. */
  List<Container> ours(String label) {
    return engine.containers(
        List.of(Labels.with(Labels.INSTALLATION, installation.value()), label));
  }

  /**
   * @throws UserError if a container that is not ours has the name that this instance is to get
   */
  void requireNameFree(AppName app, Instance instance) {
    String name = app + "." + instance;
    Optional<Container> holder = engine.container(name).filter(each -> each.name().equals(name));
    if (holder.isPresent() && !isOurs(app, holder.get())) {
      throw new UserError(
          "The name "
              + name
              + " belongs to a container of "
              + owner(holder.get())
              + " ("
              + holder.get().shortId()
              + "). Remove or rename it first");
    }
  }

  private static String owner(Container container) {
    String label = container.labels().getOrDefault(Labels.INSTALLATION, "");
    return label.isEmpty() ? "somebody else" : "the installation " + label;
  }
}
