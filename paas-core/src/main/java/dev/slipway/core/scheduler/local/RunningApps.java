package dev.slipway.core.scheduler.local;

import static dev.slipway.core.triggers.CoreTriggers.APP_LIST;
import static dev.slipway.core.triggers.CoreTriggers.DEPLOY;
import static dev.slipway.core.triggers.CoreTriggers.DEPLOYED_APP_IMAGE_TAG;
import static dev.slipway.core.triggers.CoreTriggers.PROXY_BUILD_CONFIG;
import static dev.slipway.core.triggers.CoreTriggers.PS_GET_PROPERTY;
import static dev.slipway.core.triggers.CoreTriggers.SCHEDULER_DETECT;

import dev.slipway.core.call.Call;
import dev.slipway.core.engine.Container;
import dev.slipway.core.engine.Engine;
import dev.slipway.core.engine.EngineUnavailable;
import dev.slipway.core.error.ToolFailure;
import dev.slipway.core.locks.SwitchLocks;
import dev.slipway.core.model.AppName;
import dev.slipway.core.model.Instance;
import dev.slipway.core.model.ProcessType;
import dev.slipway.core.triggers.Triggers;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares what should run with what runs and repairs it without a build: at the daemon's start,
 * whenever the engine was away, and when a container is given up by its restart policy. A stopped
 * container with an address of its own starts again as it is; a lost one is made anew.
 */
public final class RunningApps {
  private static final Logger log = LoggerFactory.getLogger(RunningApps.class);

  private final Engine engine;
  private final StateFiles state;
  private final RetirementQueue queue;
  private final FailedContainers failures;
  private final SwitchLocks locks;
  private final Triggers triggers;
  private final Supplier<Call> background;

  RunningApps(
      Engine engine,
      StateFiles state,
      RetirementQueue queue,
      FailedContainers failures,
      SwitchLocks locks,
      Triggers triggers,
      Supplier<Call> background) {
    this.engine = engine;
    this.state = state;
    this.queue = queue;
    this.failures = failures;
    this.locks = locks;
    this.triggers = triggers;
    this.background = background;
  }

  /**
   * Repairs all apps that should run; one that cannot be repaired does not keep the others.
   *
   * @throws EngineUnavailable if the engine is away
   */
  public void repairAll() {
    Call call = background.get();
    for (String name : triggers.ask(call, APP_LIST, "false").lines().toList()) {
      try {
        repair(background.get(), new AppName(name));
      } catch (EngineUnavailable e) {
        throw e;
      } catch (RuntimeException e) {
        log.error("app not repaired app={}", name, e);
      }
    }
  }

  /** Repairs one app if it should run. */
  void repair(Call call, AppName app) {
    if (!shouldRun(call, app)) {
      return;
    }
    Set<ProcessType> lost = new TreeSet<>();
    boolean changed = false;
    try (SwitchLocks.Held _ = locks.acquire(call, app, "repair")) {
      for (var each : state.containers(app).entrySet()) {
        Optional<Container> container = engine.container(each.getValue());
        if (container.filter(Container::isRunning).isPresent()) {
          continue;
        }
        changed = true;
        if (!startAgain(app, each.getKey(), container)) {
          lost.add(each.getKey().type());
        }
      }
    }
    String asked = changed ? triggers.ask(call, DEPLOYED_APP_IMAGE_TAG, app) : "";
    String tag = asked.isEmpty() ? "latest" : asked;
    lost.forEach(type -> triggers.fire(call, DEPLOY, app, tag, type));
    if (changed && lost.isEmpty()) {
      triggers.fire(call, PROXY_BUILD_CONFIG, app);
    }
  }

  private boolean shouldRun(Call call, AppName app) {
    return !state.containers(app).isEmpty()
        && triggers.ask(call, SCHEDULER_DETECT, app).equals(LocalScheduler.NAME)
        && !triggers.ask(call, PS_GET_PROPERTY, app, "restore").equals("false");
  }

  private boolean startAgain(AppName app, Instance instance, Optional<Container> container) {
    boolean routable =
        container
            .map(each -> each.labels().getOrDefault(LocalLabels.ROUTE_ADDRESS, ""))
            .filter(address -> !address.isEmpty() || !instance.type().isWeb())
            .isPresent();
    if (!routable || container.isEmpty()) {
      log.warn("container lost app={} instance={}", app, instance);
      return false;
    }
    try {
      queue.removeContainer(container.get().id());
      failures.bringBack(container.get().id());
      log.info("container started again app={} instance={}", app, instance);
      return true;
    } catch (EngineUnavailable e) {
      throw e;
    } catch (ToolFailure e) {
      log.warn("container did not start again app={} instance={}", app, instance, e);
      return false;
    }
  }
}
