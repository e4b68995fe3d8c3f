package dev.slipway.core.scheduler.local;

import dev.slipway.core.call.Call;
import dev.slipway.core.checks.ContainerLog;
import dev.slipway.core.engine.Container;
import dev.slipway.core.engine.Engine;
import dev.slipway.core.error.ToolFailure;
import dev.slipway.core.model.AppName;
import dev.slipway.core.model.Instance;
import dev.slipway.core.model.ProcessType;
import dev.slipway.core.store.StateFiles;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives current containers their final names {@code APP.PROC.N}. Spec: 04 section 5.6. */
final class Renames {
  private static final Logger log = LoggerFactory.getLogger(Renames.class);

  private final Engine engine;
  private final StateFiles state;
  private final Ownership ownership;
  private final ContainerLog logs;
  private final Clock clock;

  Renames(Engine engine, StateFiles state, Ownership ownership, ContainerLog logs, Clock clock) {
    this.engine = engine;
    this.state = state;
    this.ownership = ownership;
    this.logs = logs;
    this.clock = clock;
  }

  /**
   * Also forgets containers of types that are no longer scaled. A container that has its name
   * already is left alone.
   *
   * @param scaled the types of the stored scale
   */
  void run(Call call, AppName app, Set<ProcessType> scaled) {
    call.out().step("Renaming containers");
    state
        .containers(app)
        .forEach(
            (instance, id) -> {
              if (scaled.contains(instance.type())) {
                engine.container(id).ifPresent(each -> rename(call, app, instance, each));
              } else {
                call.out()
                    .unlessQuiet()
                    .detail(
                        "Container type ("
                            + instance.type()
                            + ") is no longer defined. Removing state");
                state.remove(app, instance);
              }
            });
  }

  private void rename(Call call, AppName app, Instance instance, Container current) {
    String name = app + "." + instance;
    if (current.name().equals(name)) {
      return;
    }
    Optional<Container> holder = engine.container(name).filter(each -> each.name().equals(name));
    holder.ifPresent(previous -> makeWay(call, app, previous, name));
    call.out()
        .unlessQuiet()
        .detail("Renaming container " + current.name() + " (" + current.shortId() + ") to " + name);
    try {
      engine.rename(current.id(), name);
    } catch (ToolFailure e) {
      log.warn("container not renamed app={} name={}", app, name, e);
      call.out().warn("Failed to rename container " + current.name() + ": " + e.getMessage());
      logs.show(
          call,
          current.id(),
          app + " container output (" + current.shortId() + " " + name + ")",
          "");
    }
  }

  private void makeWay(Call call, AppName app, Container previous, String name) {
    call.out()
        .unlessQuiet()
        .detail("Found previous container(s) (" + previous.shortId() + ") named " + name);
    if (previous.status().equals("dead") || !ownership.isOurs(app, previous)) {
      return;
    }
    String aside = name + "." + clock.instant().getEpochSecond();
    call.out()
        .unlessQuiet()
        .detail("Renaming container (" + previous.shortId() + ") " + name + " to " + aside);
    try {
      engine.rename(previous.id(), aside);
    } catch (ToolFailure e) {
      log.warn("previous container not renamed name={}", name, e);
      call.out().warn("Unable to rename container");
    }
  }
}
