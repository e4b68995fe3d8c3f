package dev.slipway.core.deploy;

import static dev.slipway.core.triggers.CoreTriggers.BUILDS_RECORD_FINALIZE;

import dev.slipway.core.builds.Builds;
import dev.slipway.core.call.Call;
import dev.slipway.core.call.Operation;
import dev.slipway.core.journal.Journal;
import dev.slipway.core.journal.Step;
import dev.slipway.core.model.AppName;
import dev.slipway.core.triggers.Triggers;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Builds an app from source and deploys it: one lease per app, one journal entry per step, so that
 * whatever cuts a deploy off, the next start can undo or finish it. Spec: 03 sections 2.4 and 12.
 */
public final class Deployments {
  private static final Logger log = LoggerFactory.getLogger(Deployments.class);
  private static final String[] HIDDEN = {
    "GIT_DIR", GitObjects.QUARANTINE, GitObjects.MOVING_REF, GitObjects.REMOTE, "GIT_WORK_TREE"
  };

  /** How much of a commit's name people see. */
  private static final int SHORT = 12;

  private final DeployLeases leases;
  private final Journal journal;
  private final Checkouts checkouts;
  private final DiskSpace space;
  private final BuildSteps steps;
  private final Triggers triggers;
  private final BiConsumer<AppName, String> discardStaged;

  /**
   * @param discardStaged drops the files that a failed deploy staged under its {@code DOKKU_PID}
   */
  public Deployments(
      DeployLeases leases,
      Journal journal,
      Checkouts checkouts,
      DiskSpace space,
      BuildSteps steps,
      Triggers triggers,
      BiConsumer<AppName, String> discardStaged) {
    this.leases = leases;
    this.journal = journal;
    this.checkouts = checkouts;
    this.space = space;
    this.steps = steps;
    this.triggers = triggers;
    this.discardStaged = discardStaged;
  }

  /**
   * Builds and deploys, and ends the build's record.
   *
   * @param captured a call whose output goes to a build log, see {@link Builds#captured}
   * @throws dev.slipway.core.error.UserError if another build of the app runs, or a step failed;
   *     the old release serves then, unless the new one served already
   */
  public void build(Call captured, AppName app, Source source) {
    String build = captured.variable(Builds.ID).orElse("pid-" + captured.pid());
    try (DeployLeases.Lease lease = leases.acquire(app, build)) {
      int exit = 1;
      try {
        underLease(captured, app, build, source);
        exit = 0;
      } catch (RuntimeException e) {
        exit = Failures.status(e);
        throw e;
      } finally {
        finalizeRecord(captured, app, build, exit);
      }
    }
  }

  /** How the deploy ended is known by now; a record that stays open does not change it. */
  private void finalizeRecord(Call call, AppName app, String build, int exit) {
    try {
      triggers.ask(call.uncancelled(), BUILDS_RECORD_FINALIZE, app, build, exit);
    } catch (RuntimeException e) {
      log.error("build record not ended app={} build={} exit={}", app, build, exit, e);
    }
  }

  private void underLease(Call call, AppName app, String build, Source source) {
    Map<String, String> facts = new HashMap<>(Map.of(Facts.BUILD, build, Facts.PID, call.pid()));
    source.movingRef().ifPresent(ref -> facts.put(Facts.REF, ref));
    call.variable(GitObjects.QUARANTINE).ifPresent(path -> facts.put(Facts.QUARANTINE, path));
    call.variable(GitObjects.SOURCE_IMAGE).ifPresent(id -> facts.put(Facts.SOURCE_IMAGE, id));
    try (Journal.Entry entry = journal.open(call, app, facts)) {
      entry.step(Step.OPENED, facts);
      try {
        pinAndExtract(call, app, build, source, entry);
      } catch (RuntimeException e) {
        discardStaged(call, app, e);
        throw e;
      }
    }
  }

  private void pinAndExtract(
      Call call, AppName app, String build, Source source, Journal.Entry entry) {
    space.require(call);
    steps.requireOwnImage(app);
    String revision = source.revision(call);
    if (source.movingRef().isEmpty()) {
      extract(call, app, revision, entry);
      return;
    }
    try (Checkouts.Pinned pinned = checkouts.pin(call, app, build, revision, source)) {
      entry.step(Step.OPENED, Map.of(Facts.FORMER_COMMIT, pinned.former()));
      extract(call, app, revision, entry);
      pinned.succeeded();
    }
  }

  /** Not where the new release has its routes already: its files are still to come into force. */
  private void discardStaged(Call call, AppName app, RuntimeException failure) {
    boolean serves =
        journal.current(call, app).filter(step -> step.compareTo(Step.ROUTED) >= 0).isPresent();
    if (serves) {
      return;
    }
    try {
      discardStaged.accept(app, call.pid());
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  private void extract(Call call, AppName app, String revision, Journal.Entry entry) {
    call.operation().check();
    call.operation().from("commit " + revision.substring(0, Math.min(SHORT, revision.length())));
    call.operation().phase(Operation.SOURCE);
    try (WorkDirectory work = checkouts.workDirectory(call)) {
      Path directory = work.path();
      entry.step(
          Step.PINNED, Map.of(Facts.COMMIT, revision, Facts.DIRECTORY, directory.toString()));
      steps.appExists(call, app);
      work.create();
      checkouts.checkOut(call, app, revision, directory);
      steps.run(call.without(HIDDEN), app, directory, revision, entry);
    }
  }
}
