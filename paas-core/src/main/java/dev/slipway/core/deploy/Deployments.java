package dev.slipway.core.deploy;

import static dev.slipway.core.triggers.CoreTriggers.BUILDS_RECORD_FINALIZE;

import dev.slipway.core.builds.Builds;
import dev.slipway.core.call.Call;
import dev.slipway.core.journal.Journal;
import dev.slipway.core.journal.Step;
import dev.slipway.core.model.AppName;
import dev.slipway.core.triggers.Triggers;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Builds an app from source and deploys it: one lease per app, one journal entry per step, so that
 * whatever cuts a deploy off, the next start can undo or finish it. Spec: 03 sections 2.4 and 12.
 */
public final class Deployments {
  private static final String[] HIDDEN = {"GIT_DIR", GitObjects.QUARANTINE, "GIT_WORK_TREE"};

  private final DeployLeases leases;
  private final Journal journal;
  private final Checkouts checkouts;
  private final DiskSpace space;
  private final BuildSteps steps;
  private final Triggers triggers;

  public Deployments(
      DeployLeases leases,
      Journal journal,
      Checkouts checkouts,
      DiskSpace space,
      BuildSteps steps,
      Triggers triggers) {
    this.leases = leases;
    this.journal = journal;
    this.checkouts = checkouts;
    this.space = space;
    this.steps = steps;
    this.triggers = triggers;
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
        triggers.ask(captured, BUILDS_RECORD_FINALIZE, app, build, exit);
      }
    }
  }

  private void underLease(Call call, AppName app, String build, Source source) {
    Map<String, String> facts = new HashMap<>(Map.of(Facts.BUILD, build, Facts.PID, call.pid()));
    source.pushedRef().ifPresent(ref -> facts.put(Facts.REF, ref));
    call.variable(GitObjects.QUARANTINE).ifPresent(path -> facts.put(Facts.QUARANTINE, path));
    try (Journal.Entry entry = journal.open(call, app, facts)) {
      entry.step(Step.OPENED, facts);
      space.require(call);
      steps.requireOwnImage(app);
      String revision = source.revision(call);
      if (source.pushedRef().isEmpty()) {
        extract(call, app, revision, entry);
        return;
      }
      try (Checkouts.Pinned pinned = checkouts.pin(call, app, build, revision, source)) {
        extract(call, app, revision, entry);
        pinned.succeeded();
      }
    }
  }

  private void extract(Call call, AppName app, String revision, Journal.Entry entry) {
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
