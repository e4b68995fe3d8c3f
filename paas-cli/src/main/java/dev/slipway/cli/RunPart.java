package dev.slipway.cli;

import dev.slipway.cli.checks.ChecksCommands;
import dev.slipway.cli.ps.PsCommands;
import dev.slipway.cli.scheduler.SchedulerCommands;
import dev.slipway.core.call.Call;
import dev.slipway.core.call.Identity;
import dev.slipway.core.call.Streams;
import dev.slipway.core.checks.Checks;
import dev.slipway.core.checks.ChecksFamily;
import dev.slipway.core.journal.Recoverer;
import dev.slipway.core.locks.Restarts;
import dev.slipway.core.locks.SwitchLocks;
import dev.slipway.core.proxy.Proxy;
import dev.slipway.core.ps.Deployed;
import dev.slipway.core.ps.FormerScale;
import dev.slipway.core.ps.Processes;
import dev.slipway.core.ps.PsFamily;
import dev.slipway.core.ps.PsProperties;
import dev.slipway.core.ps.Retirement;
import dev.slipway.core.ps.Scales;
import dev.slipway.core.release.ImageNames;
import dev.slipway.core.release.ReleaseAndDeploy;
import dev.slipway.core.scheduler.Schedulers;
import dev.slipway.core.scheduler.local.LocalScheduler;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From an image to running processes: releases, the schedulers, checks, ps; and recovery. */
final class RunPart implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RunPart.class);

  private final Base base;
  private final LocalScheduler scheduler;
  private final FormerScale formerScale;
  private final Checks checks;
  private final ExecutorService repairs = Executors.newSingleThreadExecutor();
  private Optional<AutoCloseable> events = Optional.empty();

  RunPart(Base base, Proxy proxy, SourcePart source) {
    this.base = base;
    SwitchLocks locks = new SwitchLocks();
    schedulers();
    scheduler =
        new LocalScheduler(
            platform(), locks, base.trees, base.journal, proxy::awaitDrained, this::background);
    scheduler.register(base.handlers, base.reports);
    formerScale = new FormerScale(base.properties, base.journal);
    releases(source, locks);
    checks = new Checks(base.engine, base.triggers, base.properties);
    checks();
    ps(source);
  }

  private void schedulers() {
    Schedulers schedulers = new Schedulers(base.properties);
    schedulers.register(base.handlers, base.reports);
    new SchedulerCommands(schedulers, base.properties)
        .addTo(base.catalogue, base.reports, base.setter);
  }

  private LocalScheduler.Platform platform() {
    return new LocalScheduler.Platform(
        base.roots,
        base.files,
        base.properties,
        base.installationId,
        base.engine,
        base.triggers,
        base.clock);
  }

  private void releases(SourcePart source, SwitchLocks locks) {
    ImageNames.register(base.handlers);
    new ReleaseAndDeploy(
            base.triggers,
            new ImageNames(base.triggers, base.engine),
            source.builds(),
            base.journal,
            base.trees,
            new Restarts(locks, base.trees, base.deliveries),
            formerScale)
        .register(base.handlers);
  }

  private void checks() {
    ChecksFamily family = new ChecksFamily(base.properties, checks);
    family.register(base.handlers, base.reports);
    new ChecksCommands(family, base.apps).addTo(base.catalogue, base.reports, base.setter);
  }

  private void ps(SourcePart source) {
    PsProperties properties = new PsProperties(base.properties);
    Deployed deployed = new Deployed(base.properties, base.triggers);
    Scales scales = new Scales(base.properties, base.triggers, deployed, source::processTypes);
    Processes processes = new Processes(base.triggers, deployed, properties);
    PsFamily family =
        new PsFamily(
            base.roots,
            base.files,
            base.triggers,
            properties,
            scales,
            formerScale,
            deployed,
            processes,
            scheduler::states);
    family.register(base.handlers, base.reports);
    new PsCommands(
            processes,
            scales,
            new Retirement(base.triggers, base.roots, base.files),
            family,
            source.git(),
            source.builds(),
            base.apps)
        .addTo(base.catalogue, base.reports, base.setter);
  }

  /** A call of the daemon's own, whose output goes to the log. */
  private Call background() {
    LoggedLines lines = new LoggedLines(log);
    Streams streams = new Streams(InputStream.nullInputStream(), lines, lines);
    return Call.from(
        Identity.local(base.roots.systemUser(), false),
        UUID.randomUUID().toString(),
        base.plugins.environment().complete(base.settings.environment()),
        base.roots.dokkuRoot(),
        streams,
        Optional.empty(),
        program -> base.programs.run(program, streams));
  }

  /** Keeps everybody off the apps that are to be recovered; before the doors open. */
  void claimUnfinished() {
    scheduler.recovery().claim();
  }

  /** Recovers and repairs in the background; the doors are open, since hooks call the daemon. */
  void start(List<Recoverer> participants, Runnable recovered) {
    repairs.execute(
        () -> {
          recover(participants);
          recovered.run();
          scheduler.start();
        });
    events = Optional.of(scheduler.runningApps().follow(repairs, () -> recoverAgain(participants)));
  }

  private void recover(List<Recoverer> participants) {
    List<Recoverer> everybody =
        Stream.concat(participants.stream(), Stream.of(formerScale)).toList();
    boolean all = scheduler.recovery().run(everybody);
    log.info("recovery done complete={}", all);
  }

  /** What could not be recovered while the engine was away. */
  private void recoverAgain(List<Recoverer> participants) {
    if (!base.journal.unfinished().isEmpty()) {
      scheduler.recovery().claim();
      recover(participants);
    }
  }

  @Override
  public void close() throws Exception {
    if (events.isPresent()) {
      events.get().close();
    }
    repairs.shutdownNow();
    scheduler.close();
    checks.close();
  }
}
