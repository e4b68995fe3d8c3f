package dev.slipway.core.scheduler.local;

import dev.slipway.core.call.Call;
import dev.slipway.core.engine.Container;
import dev.slipway.core.engine.Engine;
import dev.slipway.core.engine.Labels;
import dev.slipway.core.journal.Journal;
import dev.slipway.core.journal.Journal.Unfinished;
import dev.slipway.core.journal.Recoverer;
import dev.slipway.core.journal.Step;
import dev.slipway.core.locks.SwitchLocks;
import dev.slipway.core.model.AppName;
import dev.slipway.core.release.ReleaseRecord.State;
import dev.slipway.core.release.ReleaseRecords;
import dev.slipway.core.scheduler.local.NewContainers.Started;
import dev.slipway.core.store.StateFiles;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finishes or undoes, at the daemon's start, the deploys that a former daemon was in: before {@link
 * Step#SWITCHING} they are undone, from it on finished. Each part may be repeated, so being cut off
 * again does no harm.
 */
public final class Recovery {
  private static final Logger log = LoggerFactory.getLogger(Recovery.class);

  private final Engine engine;
  private final Journal journal;
  private final SwitchLocks locks;
  private final Ownership ownership;
  private final StateFiles state;
  private final RetirementQueue queue;
  private final FailedContainers failures;
  private final Switchover switchover;
  private final ReleaseRecords records;
  private final Supplier<Call> background;
  private final List<Claim> claims = new ArrayList<>();

  Recovery(
      Engine engine,
      Journal journal,
      SwitchLocks locks,
      Ownership ownership,
      StateFiles state,
      RetirementQueue queue,
      FailedContainers failures,
      Switchover switchover,
      ReleaseRecords records,
      Supplier<Call> background) {
    this.engine = engine;
    this.journal = journal;
    this.locks = locks;
    this.ownership = ownership;
    this.state = state;
    this.queue = queue;
    this.failures = failures;
    this.switchover = switchover;
    this.records = records;
    this.background = background;
  }

  /** The unfinished entries of an app that nobody else can change until they are recovered. */
  private record Claim(List<Unfinished> entries, Call call, SwitchLocks.Held lock) {}

  /** Takes the switch locks of all apps that are to be recovered; before the doors open. */
  public void claim() {
    Map<AppName, List<Unfinished>> byApp = new LinkedHashMap<>();
    for (Unfinished entry : journal.unfinished()) {
      byApp.computeIfAbsent(entry.app(), app -> new ArrayList<>()).add(entry);
    }
    try {
      byApp.forEach(this::claim);
    } catch (RuntimeException e) {
      claims.forEach(each -> each.lock().close());
      claims.clear();
      throw e;
    }
  }

  private void claim(AppName app, List<Unfinished> entries) {
    Call call = background.get();
    claims.add(new Claim(entries, call, locks.acquire(call, app, "recovery")));
  }

  /**
   * Recovers what was claimed; hooks may call the daemon meanwhile. An entry that cannot be
   * recovered now, with the engine away for instance, stays for the next time.
   *
   * @param participants other families' parts, called after the scheduler's
   * @return whether nothing is left
   */
  public boolean run(List<Recoverer> participants) {
    boolean all = true;
    for (Claim claim : claims) {
      try (SwitchLocks.Held _ = claim.lock()) {
        all &= recover(claim, participants);
      }
    }
    claims.clear();
    return all;
  }

  /** Oldest first; what follows an entry that stays is built upon it, and stays as well. */
  private boolean recover(Claim claim, List<Recoverer> participants) {
    for (Unfinished entry : claim.entries()) {
      Call call = claim.call().with("DOKKU_PID", entry.facts().getOrDefault("pid", "0"));
      try {
        recover(call, entry, participants);
        journal.settled(entry);
      } catch (RuntimeException e) {
        log.error("deploy not recovered app={} step={}", entry.app(), entry.step(), e);
        return false;
      }
    }
    return true;
  }

  private void recover(Call call, Unfinished entry, List<Recoverer> participants) {
    if (isSuperseded(entry)) {
      log.info("superseded app={} step={}", entry.app(), entry.step());
      supersede(entry);
      participants.forEach(each -> each.supersede(entry));
      return;
    }
    boolean finish =
        entry.step().compareTo(Step.SWITCHING) >= 0
            && !entry.facts().containsKey(SwitchFacts.ROLLED_BACK);
    log.info("recovering app={} step={} finish={}", entry.app(), entry.step(), finish);
    if (finish) {
      finish(call, entry);
      participants.forEach(each -> each.finish(entry));
    } else {
      undo(call, entry);
      participants.forEach(each -> each.undo(entry));
    }
  }

  /** Whether the app was deployed anew, or is gone, since an earlier try to recover failed. */
  private boolean isSuperseded(Unfinished entry) {
    AppName app = entry.app();
    int release = release(entry);
    if (!state.hasApp(app)
        || (release > 0 && records.live(app).filter(live -> live.number() > release).isPresent())) {
      return true;
    }
    Set<String> current = state.ids(app);
    if (current.isEmpty() || !entry.facts().containsKey("new")) {
      return false;
    }
    SwitchFacts facts = SwitchFacts.parse(entry.facts());
    return !facts.fresh().isEmpty()
        && facts.fresh().stream().noneMatch(each -> current.contains(each.id()))
        && facts.old().values().stream().noneMatch(current::contains);
  }

  private void supersede(Unfinished entry) {
    AppName app = entry.app();
    removeOwn(entry, state.ids(app));
    records.ended(app, release(entry), State.FAILED);
  }

  private void removeOwn(Unfinished entry, Set<String> except) {
    String deploy = entry.facts().getOrDefault(SwitchFacts.DEPLOY, "");
    if (deploy.isEmpty()) {
      return;
    }
    for (Container each : ownership.ours(Labels.with(LocalLabels.DEPLOY, deploy))) {
      if (!except.contains(each.id())) {
        engine.remove(each.id(), true);
        queue.removeContainer(each.id());
      }
    }
  }

  /** The new containers go; old ones that were stopped for them run again. */
  private void undo(Call call, Unfinished entry) {
    AppName app = entry.app();
    if (entry.facts().containsKey(SwitchFacts.ROLLED_BACK)) {
      SwitchFacts facts = SwitchFacts.parse(entry.facts());
      facts.fresh().forEach(each -> forget(app, each));
      facts.old().forEach((instance, id) -> state.write(app, instance, id));
      switchover.rebuildRoutes(call, app);
    }
    removeOwn(entry, Set.of());
    if (entry.facts().containsKey(SwitchFacts.DEPLOY)) {
      state.ids(app).stream().filter(queue::hasContainer).forEach(failures::bringBack);
    }
    records.ended(app, release(entry), State.FAILED);
  }

  private void forget(AppName app, Started each) {
    if (state.ids(app).contains(each.id())) {
      state.remove(app, each.instance());
    }
  }

  private void finish(Call call, Unfinished entry) {
    AppName app = entry.app();
    SwitchFacts facts = SwitchFacts.parse(entry.facts());
    facts.fresh().forEach(each -> startIfStopped(each.id()));
    if (entry.step().compareTo(Step.ROUTED) < 0) {
      switchover.writeState(call, app, facts);
      switchover.route(call, app, facts);
    }
    if (entry.step().compareTo(Step.RENAMED) < 0) {
      switchover.complete(call, app, facts, new Replay(entry.facts()));
    } else {
      switchover.letOldGo(call, app, facts);
    }
    records.ended(app, release(entry), State.LIVE);
  }

  private void startIfStopped(String id) {
    engine
        .container(id)
        .filter(container -> !container.isRunning())
        .ifPresent(container -> engine.start(container.id()));
  }

  private static int release(Unfinished entry) {
    return DeployPlanner.number(entry.facts().getOrDefault(SwitchFacts.RELEASE, "0"), 0);
  }

  /** The unfinished entry stays as it is until all of it is done again. */
  private record Replay(Map<String, String> facts) implements Journal.Entry {
    @Override
    public void step(Step step, Map<String, String> more) {
      log.info("recovered up to step={}", step);
    }

    @Override
    public void keep() {
      // it stays unless it is settled
    }

    @Override
    public void close() {
      // whoever recovers settles the entry
    }
  }
}
