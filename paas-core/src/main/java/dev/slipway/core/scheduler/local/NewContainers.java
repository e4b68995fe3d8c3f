package dev.slipway.core.scheduler.local;

import static dev.slipway.core.triggers.CoreTriggers.APP_JSON_PROCESS_DEPLOY_PARALLELISM;
import static dev.slipway.core.triggers.CoreTriggers.CHECK_DEPLOY;
import static dev.slipway.core.triggers.CoreTriggers.NETWORK_GET_IPADDR;
import static dev.slipway.core.triggers.CoreTriggers.POST_CONTAINER_CREATE;
import static dev.slipway.core.triggers.CoreTriggers.SCHEDULER_REGISTER_RETIRED;

import dev.slipway.core.call.Call;
import dev.slipway.core.engine.Container;
import dev.slipway.core.engine.ContainerSpec;
import dev.slipway.core.engine.Engine;
import dev.slipway.core.error.ToolFailure;
import dev.slipway.core.locks.SwitchLocks;
import dev.slipway.core.model.Instance;
import dev.slipway.core.scheduler.local.DeployPlan.TypePlan;
import dev.slipway.core.store.StateFiles;
import dev.slipway.core.triggers.Trigger;
import dev.slipway.core.triggers.Triggers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes, starts and checks the new containers of one deploy. No state file changes here. If one
 * fails, those that are well go again, and what was stopped to make room runs again; the failed one
 * stays for its log until it is retired. One object a deploy. Spec: 04 sections 5.3 and 5.4.
 */
final class NewContainers {
  private static final Logger log = LoggerFactory.getLogger(NewContainers.class);
  private static final int ADDRESS_ATTEMPTS = 3;
  private static final Trigger CHECK_LIMIT = new Trigger("slipway-check-limit");

  private final Engine engine;
  private final Triggers triggers;
  private final ContainerArguments arguments;
  private final AddressBook addresses;
  private final FailedContainers failures;
  private final DeployPlan plan;
  private final Map<Instance, Started> started = new ConcurrentHashMap<>();
  private final Map<Instance, String> stopped = new ConcurrentHashMap<>();

  NewContainers(
      Engine engine,
      Triggers triggers,
      ContainerArguments arguments,
      AddressBook addresses,
      FailedContainers failures,
      DeployPlan plan) {
    this.engine = engine;
    this.triggers = triggers;
    this.arguments = arguments;
    this.addresses = addresses;
    this.failures = failures;
    this.plan = plan;
  }

  /** A new container; the address is empty where it has none. */
  record Started(Instance instance, String id, String address, Optional<Integer> port) {}

  /** Starts all types, web first and alone. All that is returned passed its checks. */
  SortedMap<Instance, Started> start(Call call, SwitchLocks.Held lock) {
    try {
      List<Runnable> others = new ArrayList<>();
      for (TypePlan type : plan.types()) {
        if (type.type().isWeb()) {
          startType(call, type, lock);
        } else {
          others.add(() -> startType(call, type, lock));
        }
      }
      Parallel.run(plan.typesAtATime(), others);
    } catch (RuntimeException e) {
      undo(call.uncancelled(), e);
      throw e;
    }
    SortedMap<Instance, Started> all = new TreeMap<>(StateFiles.ORDER);
    all.putAll(started);
    return all;
  }

  /** Removes what runs already, and starts again what was stopped. */
  void undo(Call call, RuntimeException cause) {
    started.values().forEach(each -> remove(call, cause, each.id()));
    bringBackStopped(cause);
  }

  /** Starts again what was stopped before the new containers started. */
  void bringBackStopped(RuntimeException cause) {
    stopped.values().forEach(id -> attempt(cause, () -> failures.bringBack(id)));
  }

  /** What cannot be removed now, with the engine away for instance, is retired later. */
  private void remove(Call call, RuntimeException cause, String id) {
    if (!attempt(cause, () -> engine.remove(id, true))) {
      attempt(cause, () -> triggers.fire(call, SCHEDULER_REGISTER_RETIRED, plan.app(), id, 0));
    }
  }

  private static boolean attempt(RuntimeException cause, Runnable act) {
    try {
      act.run();
      return true;
    } catch (RuntimeException e) {
      log.warn("not undone", e);
      cause.addSuppressed(e);
      return false;
    }
  }

  private void startType(Call call, TypePlan type, SwitchLocks.Held lock) {
    call.out().step("Deploying " + type.type() + " (count=" + type.count() + ")");
    if (type.disabled()) {
      stopOld(call, type, lock);
    }
    warnOfPublishedPorts(call, type);
    Parallel.run(
        instancesAtATime(call, type),
        IntStream.rangeClosed(1, type.count())
            .mapToObj(index -> new Instance(type.type(), index))
            .<Runnable>map(instance -> () -> startOne(call, type, instance, lock))
            .toList());
  }

  private int instancesAtATime(Call call, TypePlan type) {
    String most =
        triggers.ask(call, APP_JSON_PROCESS_DEPLOY_PARALLELISM, plan.app(), type.type().value());
    return DeployPlanner.number(most, 1);
  }

  private void stopOld(Call call, TypePlan type, SwitchLocks.Held lock) {
    call.out()
        .detail(
            "Zero downtime is disabled, stopping currently running containers  ("
                + type.type()
                + ")");
    plan.old()
        .forEach(
            (instance, id) -> {
              if (instance.type().equals(type.type())
                  && engine.container(id).filter(Container::isRunning).isPresent()) {
                call.out().detail("Stopping " + id + " (" + type.type() + ")");
                retire(call, id);
                stopped.put(instance, id);
                engine.restartPolicy(id, "no");
                try (SwitchLocks.Stretch _ = lock.expect(plan.stopTimeout())) {
                  engine.stop(id, plan.stopTimeout());
                }
              }
            });
  }

  private void retire(Call call, String id) {
    triggers.fire(
        call, SCHEDULER_REGISTER_RETIRED, plan.app(), id, plan.waitToRetire().toSeconds());
  }

  private void warnOfPublishedPorts(Call call, TypePlan type) {
    boolean published =
        arguments.ofType(call, plan, type).stream()
            .anyMatch(word -> word.equals("-P") || word.startsWith("--publish"));
    if (published && type.count() > 1) {
      call.out()
          .warn(
              "Deploys may fail when publishing ports and scaling to multiple containers. Consider"
                  + " scaling process type "
                  + type.type()
                  + " to 1.");
    } else if (published && !type.disabled()) {
      call.out()
          .warn(
              "Deploys may fail when publishing ports and enabling zero downtime. Consider"
                  + " disabling zero downtime for process type "
                  + type.type()
                  + ".");
    }
  }

  private void startOne(Call call, TypePlan type, Instance instance, SwitchLocks.Held lock) {
    call.operation().check();
    String id = createAndStart(call, type, instance);
    try {
      String address =
          triggers.ask(call, NETWORK_GET_IPADDR, plan.app(), instance.type(), id).strip();
      if (!type.disabled()) {
        try (SwitchLocks.Stretch _ = lock.expect(checkLimit(call, instance))) {
          check(call, instance, id, address);
        }
      }
      Optional<Integer> port = plan.portOf(instance.type());
      started.put(instance, new Started(instance, id, address, port));
    } catch (RuntimeException e) {
      if (call.operation().isCancelled()) {
        remove(call.uncancelled(), e, id);
      } else {
        attempt(e, () -> failures.record(plan, instance, id));
        attempt(e, () -> retire(call, id));
      }
      throw e;
    }
  }

  /** What the checks of an instance may take at most by their own settings. */
  private Duration checkLimit(Call call, Instance instance) {
    String seconds =
        triggers.ask(
            call, CHECK_LIMIT, plan.app(), instance.type(), plan.checkPortOf(instance.type()));
    return DeployPlanner.seconds(seconds, 0);
  }

  private void check(Call call, Instance instance, String id, String address) {
    call.out().detail("Attempting pre-flight checks (" + instance + ")");
    triggers.fire(
        call,
        CHECK_DEPLOY,
        plan.app(),
        id,
        instance.type(),
        plan.checkPortOf(instance.type()),
        address,
        instance.index());
  }

  /** Another address is tried where somebody took the chosen one behind our back. */
  private String createAndStart(Call call, TypePlan type, Instance instance) {
    for (int attempt = 1; ; attempt++) {
      Optional<String> address =
          instance.type().isWeb() ? Optional.of(addresses.next()) : Optional.empty();
      ContainerSpec spec = arguments.of(call, plan, type, instance, address);
      String id = engine.create(spec);
      try {
        triggers.fire(
            call, POST_CONTAINER_CREATE, "app", id, plan.app(), "deploy", instance.type());
        engine.start(id);
        return id;
      } catch (RuntimeException e) {
        remove(call, e, id);
        boolean taken = String.valueOf(e.getMessage()).contains("Address already in use");
        if (!(e instanceof ToolFailure) || !taken || attempt == ADDRESS_ATTEMPTS) {
          throw e;
        }
        log.warn("route address taken by somebody else address={}", address.orElse(""));
      }
    }
  }
}
