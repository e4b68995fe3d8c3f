package dev.slipway.core.scheduler.local;

import static dev.slipway.core.triggers.CoreTriggers.CORE_POST_DEPLOY;
import static dev.slipway.core.triggers.CoreTriggers.NETWORK_WRITE_IPADDR;
import static dev.slipway.core.triggers.CoreTriggers.NETWORK_WRITE_PORT;
import static dev.slipway.core.triggers.CoreTriggers.POST_DEPLOY;
import static dev.slipway.core.triggers.CoreTriggers.PROXY_BUILD_CONFIG;
import static dev.slipway.core.triggers.CoreTriggers.SCHEDULER_POST_DEPLOY_PROCESS;
import static dev.slipway.core.triggers.CoreTriggers.SCHEDULER_REGISTER_RETIRED;

import dev.slipway.core.call.Call;
import dev.slipway.core.engine.Engine;
import dev.slipway.core.journal.Journal;
import dev.slipway.core.journal.Step;
import dev.slipway.core.model.AppName;
import dev.slipway.core.model.Instance;
import dev.slipway.core.model.ProcessType;
import dev.slipway.core.scheduler.local.NewContainers.Started;
import dev.slipway.core.store.StateFiles;
import dev.slipway.core.store.StateFiles.Kind;
import dev.slipway.core.triggers.Triggers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the new containers the app: state files, routes, names. The old ones are queued for
 * retirement on the way. Every part may be done again after a crash. Until the routes are proven a
 * failure takes the files back, and the old containers go on. Spec: 04 sections 5.2 to 5.4.
 */
final class Switchover {
  private static final Logger log = LoggerFactory.getLogger(Switchover.class);

  private final Engine engine;
  private final Triggers triggers;
  private final StateFiles state;
  private final RetirementQueue queue;
  private final RetirementWorker worker;

  Switchover(
      Engine engine,
      Triggers triggers,
      StateFiles state,
      RetirementQueue queue,
      RetirementWorker worker) {
    this.engine = engine;
    this.triggers = triggers;
    this.state = state;
    this.queue = queue;
    this.worker = worker;
  }

  /** Where an instance was reachable. */
  private record Former(String id, Optional<String> address, Optional<String> port) {}

  /** From the point of no return to the end. */
  void run(Call call, AppName app, SwitchFacts facts, Journal.Entry entry) {
    Map<Instance, Former> former = former(app);
    call.operation().commit();
    try {
      entry.step(Step.SWITCHING, facts.toFacts());
      writeState(call, app, facts);
      entry.step(Step.SWITCHED, Map.of());
      route(call, app, facts);
    } catch (RuntimeException e) {
      attempt(e, () -> entry.step(Step.SWITCHING, Map.of(SwitchFacts.ROLLED_BACK, "true")));
      if (takeBack(call, app, facts, former, e)) {
        letNewGo(call, app, facts, e);
      } else {
        entry.keep();
      }
      throw e;
    }
    entry.step(Step.ROUTED, Map.of());
    complete(call, app, facts, entry);
  }

  /** What follows once the new containers serve: no failure takes them back any more. */
  void complete(Call call, AppName app, SwitchFacts facts, Journal.Entry entry) {
    call.out().step("Running post-deploy");
    triggers.fire(call, CORE_POST_DEPLOY, app, "", "", facts.tag());
    entry.step(Step.RENAMED, Map.of());
    try {
      triggers.fire(call, POST_DEPLOY, app, "", "", facts.tag());
    } finally {
      letOldGo(call, app, facts);
    }
    entry.step(Step.COMMITTED, Map.of());
  }

  void writeState(Call call, AppName app, SwitchFacts facts) {
    for (Started each : facts.fresh()) {
      Optional<String> old = Optional.ofNullable(facts.old().get(each.instance()));
      if (old.filter(id -> !id.equals(each.id())).isPresent()) {
        call.out()
            .detail(
                "Scheduling old container shutdown in "
                    + facts.drain().toSeconds()
                    + " seconds ("
                    + each.instance()
                    + ")");
        retire(call, app, old.get(), facts);
      }
      name(call, app, each);
    }
    state.removeAncient(app);
  }

  private void name(Call call, AppName app, Started each) {
    state.write(app, each.instance(), each.id());
    ProcessType type = each.instance().type();
    int index = each.instance().index();
    state.removeListener(app, each.instance());
    if (!each.address().isEmpty()) {
      triggers.fire(call, NETWORK_WRITE_IPADDR, app, type, index, each.address());
    }
    each.port().ifPresent(port -> triggers.fire(call, NETWORK_WRITE_PORT, app, type, index, port));
  }

  private void retire(Call call, AppName app, String id, SwitchFacts facts) {
    triggers.fire(call, SCHEDULER_REGISTER_RETIRED, app, id, facts.drain().toSeconds());
  }

  void route(Call call, AppName app, SwitchFacts facts) {
    for (ProcessType type : facts.types()) {
      triggers.fire(call, SCHEDULER_POST_DEPLOY_PROCESS, app, type);
      removeOrphans(call, app, facts, type);
    }
    facts.orphans().stream()
        .map(Instance::type)
        .filter(type -> !facts.types().contains(type))
        .distinct()
        .forEach(type -> removeOrphans(call, app, facts, type));
  }

  void rebuildRoutes(Call call, AppName app) {
    triggers.fire(call, PROXY_BUILD_CONFIG, app);
  }

  private void removeOrphans(Call call, AppName app, SwitchFacts facts, ProcessType type) {
    for (Instance orphan : facts.orphans()) {
      if (orphan.type().equals(type)) {
        call.out()
            .detail(
                "Scheduling orphaned container shutdown in "
                    + facts.drain().toSeconds()
                    + " seconds ("
                    + orphan
                    + ")");
        Optional.ofNullable(facts.old().get(orphan)).ifPresent(id -> retire(call, app, id, facts));
        state.remove(app, orphan);
      }
    }
  }

  /** Asks what was replaced to end; the queue ends what does not. */
  void letOldGo(Call call, AppName app, SwitchFacts facts) {
    List<String> web = new ArrayList<>();
    List<String> others = new ArrayList<>();
    facts
        .old()
        .forEach(
            (instance, id) -> {
              if (facts.fresh().stream().noneMatch(each -> each.id().equals(id))
                  && engine.container(id).isPresent()) {
                retire(call, app, id, facts);
                (instance.type().isWeb() ? web : others).add(id);
              }
            });
    if (!web.isEmpty() || !others.isEmpty()) {
      worker.letGo(app, web, others, facts.drain());
      call.out().step("Shutting down old containers in " + facts.drain().toSeconds() + " seconds");
    }
  }

  private Map<Instance, Former> former(AppName app) {
    Map<Instance, Former> former = new java.util.HashMap<>();
    state
        .containers(app)
        .forEach(
            (instance, id) ->
                former.put(
                    instance,
                    new Former(
                        id,
                        state.value(app, Kind.IP, instance),
                        state.value(app, Kind.PORT, instance))));
    return former;
  }

  /** The files name the old containers again. Written over rather than removed: disks are full. */
  private boolean takeBack(
      Call call,
      AppName app,
      SwitchFacts facts,
      Map<Instance, Former> former,
      RuntimeException cause) {
    boolean all = true;
    for (Started each : facts.fresh()) {
      if (!former.containsKey(each.instance())) {
        all &= attempt(cause, () -> state.remove(app, each.instance()));
      }
    }
    for (var each : former.entrySet()) {
      all &= attempt(cause, () -> restore(call, app, each.getKey(), each.getValue()));
    }
    all &= attempt(cause, () -> triggers.fire(call, PROXY_BUILD_CONFIG, app));
    return all;
  }

  private static boolean attempt(RuntimeException cause, Runnable act) {
    try {
      act.run();
      return true;
    } catch (RuntimeException e) {
      log.warn("switch not fully taken back", e);
      cause.addSuppressed(e);
      return false;
    }
  }

  /** The new containers go when nobody talks to them. */
  private void letNewGo(Call call, AppName app, SwitchFacts facts, RuntimeException cause) {
    List<String> web = new ArrayList<>();
    List<String> others = new ArrayList<>();
    for (Started each : facts.fresh()) {
      attempt(cause, () -> retire(call, app, each.id(), facts));
      (each.instance().type().isWeb() ? web : others).add(each.id());
    }
    worker.letGo(app, web, others, facts.drain());
  }

  private void restore(Call call, AppName app, Instance instance, Former before) {
    queue.removeContainer(before.id());
    state.write(app, instance, before.id());
    if (before.address().isEmpty() || before.port().isEmpty()) {
      state.removeListener(app, instance);
    }
    before
        .address()
        .filter(address -> !address.isEmpty())
        .ifPresent(
            address ->
                triggers.fire(
                    call, NETWORK_WRITE_IPADDR, app, instance.type(), instance.index(), address));
    before
        .port()
        .filter(port -> !port.isEmpty())
        .ifPresent(
            port ->
                triggers.fire(
                    call, NETWORK_WRITE_PORT, app, instance.type(), instance.index(), port));
  }
}
