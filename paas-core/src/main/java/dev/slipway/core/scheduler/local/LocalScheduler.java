package dev.slipway.core.scheduler.local;

import static dev.slipway.core.triggers.CoreTriggers.CORE_POST_DEPLOY;
import static dev.slipway.core.triggers.CoreTriggers.POST_CREATE;
import static dev.slipway.core.triggers.CoreTriggers.POST_DELETE;
import static dev.slipway.core.triggers.CoreTriggers.REPORT;
import static dev.slipway.core.triggers.CoreTriggers.SCHEDULER_APP_STATUS;
import static dev.slipway.core.triggers.CoreTriggers.SCHEDULER_DEPLOY;
import static dev.slipway.core.triggers.CoreTriggers.SCHEDULER_INSPECT;
import static dev.slipway.core.triggers.CoreTriggers.SCHEDULER_IS_DEPLOYED;
import static dev.slipway.core.triggers.CoreTriggers.SCHEDULER_PRE_RESTORE;
import static dev.slipway.core.triggers.CoreTriggers.SCHEDULER_REGISTER_RETIRED;
import static dev.slipway.core.triggers.CoreTriggers.SCHEDULER_RETIRE;
import static dev.slipway.core.triggers.CoreTriggers.SCHEDULER_RUN_RETIRE;
import static dev.slipway.core.triggers.CoreTriggers.SCHEDULER_STOP;

import dev.slipway.core.call.Call;
import dev.slipway.core.checks.ContainerLog;
import dev.slipway.core.checks.ZeroDowntime;
import dev.slipway.core.engine.Engine;
import dev.slipway.core.error.UserError;
import dev.slipway.core.journal.Journal;
import dev.slipway.core.locks.InvocationTrees;
import dev.slipway.core.locks.SwitchLocks;
import dev.slipway.core.model.AppName;
import dev.slipway.core.model.Instance;
import dev.slipway.core.model.ProcessType;
import dev.slipway.core.release.ImageNames;
import dev.slipway.core.release.ReleaseImages;
import dev.slipway.core.release.ReleaseRecords;
import dev.slipway.core.report.Reports;
import dev.slipway.core.scheduler.local.LocalDeploy.Serialisation;
import dev.slipway.core.store.DurableFiles;
import dev.slipway.core.store.InstallationId;
import dev.slipway.core.store.PropertyStore;
import dev.slipway.core.store.Roots;
import dev.slipway.core.store.StateFiles;
import dev.slipway.core.triggers.Handlers;
import dev.slipway.core.triggers.Invocation;
import dev.slipway.core.triggers.Triggers;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The scheduler docker-local: puts its parts together and answers the {@code scheduler-*} triggers.
 * Closing it ends the work in the background; containers keep running. Spec: 04 sections 5 and 14.
 */
public final class LocalScheduler implements AutoCloseable {
  static final String NAME = "docker-local";
  private static final String PLUGIN = LocalSettings.PLUGIN;

  private final Roots roots;
  private final DurableFiles files;
  private final PropertyStore properties;
  private final Retirements retirements;
  private final RunRetirement runRetirement;
  private final RetirementWorker worker;
  private final LocalContainers containers;
  private final Renames renames;
  private final DeployPlanner planner;
  private final LocalDeploy deploy;
  private final ReleaseRecords records;
  private final Recovery recovery;
  private final RunningApps runningApps;

  /** What the scheduler is built upon. */
  public record Platform(
      Roots roots,
      DurableFiles files,
      PropertyStore properties,
      InstallationId installation,
      Engine engine,
      Triggers triggers,
      Clock clock) {}

  /**
   * @param drained waits until no request by former routes is under way, for so long at most
   * @param background a new call of the daemon's own, its output going to the log
   */
  public LocalScheduler(
      Platform platform,
      SwitchLocks locks,
      InvocationTrees trees,
      Journal journal,
      Predicate<Duration> drained,
      Supplier<Call> background) {
    Engine engine = platform.engine();
    Triggers triggers = platform.triggers();
    Clock clock = platform.clock();
    this.roots = platform.roots();
    this.files = platform.files();
    this.properties = platform.properties();
    RetirementQueue queue = new RetirementQueue(roots, files);
    this.records = new ReleaseRecords(roots, files, properties);
    ReleaseImages images = new ReleaseImages(engine, records, platform.installation());
    StateFiles state = new StateFiles(roots, files);
    Ownership ownership = new Ownership(engine, state, queue, platform.installation());
    this.retirements =
        new Retirements(engine, queue, ownership, state, images, locks, triggers, clock);
    this.runRetirement = new RunRetirement(engine, ownership, retirements, clock);
    this.worker = new RetirementWorker(engine, retirements, runRetirement, drained, background);
    this.containers = new LocalContainers(engine, state, ownership, queue, locks, triggers, clock);
    this.renames = new Renames(engine, state, ownership, new ContainerLog(engine), clock);
    FailedContainers failures = new FailedContainers(engine, roots, files, properties, queue);
    Switchover switchover = new Switchover(engine, triggers, state, queue, worker);
    this.planner =
        new DeployPlanner(
            triggers,
            new ImageNames(triggers, engine),
            state,
            records,
            new ZeroDowntime(properties),
            properties);
    this.deploy =
        new LocalDeploy(
            engine,
            triggers,
            planner,
            new ContainerArguments(triggers, engine, platform.installation()),
            new AddressBook(engine, roots, files),
            failures,
            ownership,
            switchover,
            records,
            images,
            new Serialisation(locks, trees, journal),
            clock);
    this.recovery =
        new Recovery(
            engine,
            journal,
            locks,
            ownership,
            state,
            queue,
            failures,
            switchover,
            records,
            background);
    this.runningApps =
        new RunningApps(
            engine, state, queue, failures, locks, triggers, platform.installation(), background);
  }

  public void register(Handlers handlers, Reports reports) {
    handlers
        .on(PLUGIN, SCHEDULER_DEPLOY, mine(this::deploy))
        .on(PLUGIN, SCHEDULER_STOP, mine(this::stop))
        .on(PLUGIN, SCHEDULER_IS_DEPLOYED, mine(this::isDeployed))
        .on(PLUGIN, SCHEDULER_APP_STATUS, mine(inv -> inv.out().line(status(inv.app(1)))))
        .on(PLUGIN, SCHEDULER_INSPECT, mine(inv -> inv.out().line(containers.inspect(inv.app(1)))))
        .on(PLUGIN, SCHEDULER_PRE_RESTORE, mine(inv -> containers.removeLeftOvers()))
        .on(PLUGIN, SCHEDULER_REGISTER_RETIRED, this::registerRetired)
        .on(PLUGIN, SCHEDULER_RETIRE, this::retire)
        .on(PLUGIN, SCHEDULER_RUN_RETIRE, this::retireRuns)
        .on(PLUGIN, CORE_POST_DEPLOY, this::rename)
        .on(PLUGIN, POST_CREATE, inv -> files.createDirectories(roots.data(PLUGIN, inv.app(0))))
        .on(PLUGIN, POST_DELETE, this::forget)
        .on(
            PLUGIN,
            REPORT,
            inv -> reports.print(inv.call(), LocalSettings.report(properties), inv.app(0)));
  }

  /** Handles only what is meant for this scheduler. */
  private static dev.slipway.core.triggers.Handler mine(Consumer<Invocation> act) {
    return inv -> {
      if (inv.argument(0).equals(NAME)) {
        act.accept(inv);
      }
    };
  }

  private void deploy(Invocation inv) {
    String type = inv.argument(3);
    if (!type.isEmpty() && !ProcessType.isValid(type)) {
      throw new UserError("Invalid process type: " + type);
    }
    deploy.deploy(
        inv.call(),
        inv.app(1),
        inv.argument(2).isEmpty() ? "latest" : inv.argument(2),
        type.isEmpty() ? Optional.empty() : Optional.of(new ProcessType(type)));
  }

  private void stop(Invocation inv) {
    containers.stop(inv.call(), inv.app(1), inv.argument(2).equals("true"));
  }

  private void isDeployed(Invocation inv) {
    if (!containers.any(inv.app(1))) {
      throw UserError.silent(1);
    }
  }

  /** The answer of {@code scheduler-app-status}. */
  private String status(AppName app) {
    return containers.status(app);
  }

  /** The state of each instance, for {@code ps:report}. */
  public Map<Instance, String> states(AppName app) {
    return containers.states(app);
  }

  private void registerRetired(Invocation inv) {
    Duration wait = DeployPlanner.seconds(inv.argument(2), 60);
    retirements.register(inv.call(), inv.app(0), inv.argument(1), wait);
    worker.wake();
  }

  private void retire(Invocation inv) {
    boolean all = inv.argument(1).isEmpty();
    retirements.retire(inv.call(), all ? Optional.empty() : Optional.of(inv.app(1)));
  }

  /** {@code [SCHEDULER APP]}; for all apps without. */
  private void retireRuns(Invocation inv) {
    if (inv.argument(0).isEmpty() || inv.argument(0).equals(NAME)) {
      boolean all = inv.argument(1).isEmpty();
      runRetirement.retire(inv.call(), all ? Optional.empty() : Optional.of(inv.app(1)));
    }
  }

  private void rename(Invocation inv) {
    renames.run(inv.call(), inv.app(0), planner.scale(inv.call(), inv.app(0)).keySet());
  }

  /** Once more, since a deploy may have been under way while the app was being destroyed. */
  private void forget(Invocation inv) {
    AppName app = inv.app(0);
    containers.stop(inv.call(), app, true);
    properties.destroy(PLUGIN, app);
    files.deleteTree(roots.data(PLUGIN, app));
    records.destroy(app);
  }

  public Recovery recovery() {
    return recovery;
  }

  public RunningApps runningApps() {
    return runningApps;
  }

  /** Begins to work off the retirement queue; after recovery. */
  public void start() {
    worker.start();
  }

  @Override
  public void close() {
    worker.close();
  }
}
