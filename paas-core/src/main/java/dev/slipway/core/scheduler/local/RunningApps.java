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
import dev.slipway.core.engine.Labels;
import dev.slipway.core.error.ToolFailure;
import dev.slipway.core.locks.SwitchLocks;
import dev.slipway.core.model.AppName;
import dev.slipway.core.model.Instance;
import dev.slipway.core.model.ProcessType;
import dev.slipway.core.store.InstallationId;
import dev.slipway.core.store.StateFiles;
import dev.slipway.core.triggers.Triggers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
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
  private final InstallationId installation;
  private final Supplier<Call> background;
  private final Map<String, ReentrantLock> turns = new ConcurrentHashMap<>();

  RunningApps(
      Engine engine,
      StateFiles state,
      RetirementQueue queue,
      FailedContainers failures,
      SwitchLocks locks,
      Triggers triggers,
      InstallationId installation,
      Supplier<Call> background) {
    this.engine = engine;
    this.installation = installation;
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
    List<Runnable> repairs = new ArrayList<>();
    for (String name : triggers.ask(background.get(), APP_LIST, "false").lines().toList()) {
      repairs.add(() -> repairLogged(name));
    }
    Parallel.run(Math.max(1, repairs.size()), repairs);
  }

  private void repairLogged(String name) {
    try {
      repair(background.get(), new AppName(name));
    } catch (EngineUnavailable e) {
      throw e;
    } catch (RuntimeException e) {
      log.error("app not repaired app={}", name, e);
    }
  }

  /** Repairs one app if it should run. */
  void repair(Call call, AppName app) {
    if (!shouldRun(call, app)) {
      return;
    }
    Set<ProcessType> lost = new TreeSet<>();
    boolean changed = false;
    try (SwitchLocks.Held lock = locks.acquire(call, app, "repair")) {
      if (!shouldRun(call, app)) {
        return;
      }
      for (var each : state.containers(app).entrySet()) {
        Optional<Container> container = engine.container(each.getValue());
        if (container.filter(Container::isRunning).isPresent()) {
          continue;
        }
        changed = true;
        lock.expect(Duration.ZERO).close(); // one more container is no standstill
        if (!startAgain(app, each.getKey(), container)) {
          lost.add(each.getKey().type());
        }
      }
    }
    for (ProcessType type : lost) {
      triggers.fire(call, DEPLOY, app, tag(call, app), type);
    }
    if (changed && lost.isEmpty()) {
      triggers.fire(call, PROXY_BUILD_CONFIG, app);
    }
  }

  /**
   * Follows the engine: after each new connection everything is compared, and a container that its
   * restart policy gave up is made anew.
   *
   * @param later runs comparisons, away from the engine's thread
   * @param first what is to be done after a new connection before anything is compared
   */
  public AutoCloseable follow(Executor later, Runnable first) {
    return engine.events(
        event -> {
          if (event.action().equals("connected")) {
            later.execute(() -> repairAllQuietly(first));
          } else if (event.action().equals("die") && isApp(event)) {
            Thread.ofVirtual().name("replace-given-up").start(() -> replaceInTurn(event));
          }
        });
  }

  private boolean isApp(Engine.Event event) {
    return installation.value().equals(event.labels().get(Labels.INSTALLATION))
        && "deploy".equals(event.labels().get(LocalLabels.CONTAINER_TYPE));
  }

  private void repairAllQuietly(Runnable first) {
    try {
      first.run();
      repairAll();
    } catch (RuntimeException e) {
      log.warn("apps not compared with what runs: {}", e.getMessage(), e);
    }
  }

  /** Each app by itself; a second container of the same app is looked at after the first. */
  private void replaceInTurn(Engine.Event event) {
    ReentrantLock turn =
        turns.computeIfAbsent(
            event.labels().getOrDefault(Labels.APP, ""), app -> new ReentrantLock());
    turn.lock();
    try {
      replaceIfGivenUp(event);
    } finally {
      turn.unlock();
    }
  }

  /** Small restarts are the policy's business; only the last one is ours. */
  private void replaceIfGivenUp(Engine.Event event) {
    try {
      Optional<Container> container = engine.container(event.containerId());
      AppName app = new AppName(event.labels().getOrDefault(Labels.APP, ""));
      String type = event.labels().getOrDefault(LocalLabels.PROCESS_TYPE, "");
      Call call = background.get();
      boolean givenUp =
          container.filter(each -> each.status().equals("exited")).isPresent()
              && container.get().restarts() >= mostRestarts(call, app)
              && state.ids(app).contains(event.containerId())
              && shouldRun(call, app);
      if (givenUp) {
        log.warn(
            "container given up app={} type={} exit={}", app, type, container.get().exitCode());
        triggers.fire(call, DEPLOY, app, tag(call, app), type);
      }
    } catch (RuntimeException e) {
      log.warn("container not replaced id={}", event.containerId(), e);
    }
  }

  /** How often the policy starts a container again; never reached where it does so for ever. */
  private int mostRestarts(Call call, AppName app) {
    String policy = triggers.ask(call, PS_GET_PROPERTY, app, "restart-policy");
    return policy.startsWith("on-failure:")
        ? DeployPlanner.number(policy.substring("on-failure:".length()), Integer.MAX_VALUE)
        : Integer.MAX_VALUE;
  }

  private String tag(Call call, AppName app) {
    String asked = triggers.ask(call, DEPLOYED_APP_IMAGE_TAG, app);
    return asked.isEmpty() ? "latest" : asked;
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
