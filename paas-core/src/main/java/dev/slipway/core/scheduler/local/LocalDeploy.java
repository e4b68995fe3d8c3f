package dev.slipway.core.scheduler.local;

import static dev.slipway.core.triggers.CoreTriggers.DOMAINS_LIST;

import dev.slipway.core.builds.Builds;
import dev.slipway.core.call.Call;
import dev.slipway.core.engine.Engine;
import dev.slipway.core.engine.EngineUnavailable;
import dev.slipway.core.engine.Labels;
import dev.slipway.core.error.UserError;
import dev.slipway.core.journal.Journal;
import dev.slipway.core.journal.Step;
import dev.slipway.core.locks.InvocationTrees;
import dev.slipway.core.locks.InvocationTrees.PutOff;
import dev.slipway.core.locks.SwitchLocks;
import dev.slipway.core.model.AppName;
import dev.slipway.core.model.Instance;
import dev.slipway.core.model.ProcessType;
import dev.slipway.core.release.ReleaseAndDeploy;
import dev.slipway.core.release.ReleaseImages;
import dev.slipway.core.release.ReleaseRecord;
import dev.slipway.core.release.ReleaseRecord.State;
import dev.slipway.core.release.ReleaseRecords;
import dev.slipway.core.scheduler.local.NewContainers.Started;
import dev.slipway.core.triggers.TriggerFailed;
import dev.slipway.core.triggers.Triggers;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Deploys an app: all new containers start and pass their checks, then everything switches to them,
 * then the old ones retire. Under the app's switch lock, each step in the journal before it begins.
 * Spec: 04 section 5.2, with one decided difference: the reference switches each instance as it
 * passes.
 */
final class LocalDeploy {
  private final Engine engine;
  private final Triggers triggers;
  private final DeployPlanner planner;
  private final ContainerArguments arguments;
  private final AddressBook addresses;
  private final FailedContainers failures;
  private final Ownership ownership;
  private final Switchover switchover;
  private final ReleaseRecords records;
  private final ReleaseImages images;
  private final Serialisation serialisation;
  private final Clock clock;

  /** What keeps deploys of one app apart, and what is left of them on disk. */
  record Serialisation(SwitchLocks locks, InvocationTrees trees, Journal journal) {}

  LocalDeploy(
      Engine engine,
      Triggers triggers,
      DeployPlanner planner,
      ContainerArguments arguments,
      AddressBook addresses,
      FailedContainers failures,
      Ownership ownership,
      Switchover switchover,
      ReleaseRecords records,
      ReleaseImages images,
      Serialisation serialisation,
      Clock clock) {
    this.engine = engine;
    this.triggers = triggers;
    this.planner = planner;
    this.arguments = arguments;
    this.addresses = addresses;
    this.failures = failures;
    this.ownership = ownership;
    this.switchover = switchover;
    this.records = records;
    this.images = images;
    this.serialisation = serialisation;
    this.clock = clock;
  }

  /**
   * @param only restricts the deploy to one process type
   * @throws UserError if the image is missing, a name is taken by a foreign container or a check
   *     fails; the old containers serve then
   */
  void deploy(Call call, AppName app, String tag, Optional<ProcessType> only) {
    try (SwitchLocks.Held lock = serialisation.locks().acquire(call, app, "a deploy");
        Journal.Entry entry = serialisation.journal().open(call, app, facts(call))) {
      PutOff covered =
          only.isEmpty()
              ? serialisation.trees().takeBack(call, ReleaseAndDeploy.putOffKey(app))
              : () -> {};
      try {
        deploy(call, planner.plan(call, app, tag, only), entry, lock);
      } catch (RuntimeException e) {
        covered.again();
        throw e;
      }
    }
  }

  /** So that recovery can close the record. */
  private static Map<String, String> facts(Call call) {
    return call.variable(Builds.ID).map(id -> Map.of(Journal.BUILD, id)).orElse(Map.of());
  }

  private void deploy(Call call, DeployPlan plan, Journal.Entry entry, SwitchLocks.Held lock) {
    AppName app = plan.app();
    failures.forget(app);
    requireNamesFree(plan);
    entry.step(
        Step.CREATING,
        Map.of(
            SwitchFacts.DEPLOY, plan.id(), SwitchFacts.RELEASE, Integer.toString(plan.release())));
    records.write(app, record(call, plan));
    try {
      NewContainers fresh =
          new NewContainers(engine, triggers, arguments, addresses, failures, plan);
      SortedMap<Instance, Started> started = fresh.start(call, lock);
      entry.step(Step.CHECKED, Map.of());
      switchOver(call, plan, entry, fresh, SwitchFacts.of(plan, call.pid(), started.values()));
    } catch (EngineUnavailable e) {
      entry.keep(); // it may have made a container that nobody knows: recovery looks for it
      endRecord(call, plan, e);
      throw e;
    } catch (RuntimeException e) {
      endRecord(call, plan, e);
      throw e;
    }
    records.ended(app, plan.release(), State.LIVE);
    images.live(app, plan.release());
  }

  /** A release that has its routes is live, whatever failed after that. */
  private void endRecord(Call call, DeployPlan plan, RuntimeException failure) {
    boolean live =
        serialisation
            .journal()
            .current(call, plan.app())
            .filter(step -> step.compareTo(Step.ROUTED) >= 0)
            .isPresent();
    try {
      records.ended(plan.app(), plan.release(), live ? State.LIVE : State.FAILED);
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  private void switchOver(
      Call call, DeployPlan plan, Journal.Entry entry, NewContainers fresh, SwitchFacts facts) {
    try {
      switchover.run(call, plan.app(), facts, entry);
    } catch (RuntimeException e) {
      if (entry.facts().containsKey(SwitchFacts.ROLLED_BACK)) {
        fresh.bringBackStopped(e);
      }
      throw e;
    }
  }

  private void requireNamesFree(DeployPlan plan) {
    for (DeployPlan.TypePlan type : plan.types()) {
      for (int index = 1; index <= type.count(); index++) {
        ownership.requireNameFree(plan.app(), new Instance(type.type(), index));
      }
    }
  }

  private ReleaseRecord record(Call call, DeployPlan plan) {
    SortedMap<String, Integer> scale = new TreeMap<>();
    planner.scale(call, plan.app()).forEach((type, count) -> scale.put(type.value(), count));
    return new ReleaseRecord(
        plan.release(),
        plan.imageName(),
        plan.image().id(),
        plan.image().labels().getOrDefault(Labels.BUILD, ""),
        call.variable(ReleaseAndDeploy.SOURCE).orElse("deploy"),
        clock.instant(),
        State.UNDER_WAY,
        new TreeMap<>(plan.config()),
        plan.ports(),
        domains(call, plan.app()),
        scale);
  }

  private List<String> domains(Call call, AppName app) {
    try {
      return triggers.ask(call, DOMAINS_LIST, app).lines().toList();
    } catch (TriggerFailed | UserError noneKnown) {
      return List.of();
    }
  }
}
