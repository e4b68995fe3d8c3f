package dev.slipway.core.builds;

import dev.slipway.core.builds.RunningBuilds.Running;
import dev.slipway.core.call.Call;
import dev.slipway.core.model.AppName;
import dev.slipway.core.store.DurableFiles;
import dev.slipway.core.store.Roots;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Which build of an app is under way: the one that the deploy lock names; for what takes no lock,
 * restarts and redeploys, the newest that this daemon runs. Spec: 03 sections 2.5 and 3.3.
 */
public final class CurrentBuild {
  private final Roots roots;
  private final DurableFiles files;
  private final BuildRecords records;

  public CurrentBuild(Roots roots, DurableFiles files, BuildRecords records) {
    this.roots = roots;
    this.files = files;
    this.records = records;
  }

  /** Its id; says so if there is none. */
  Optional<String> announced(Call call, AppName app) {
    Optional<String> id = find(call, app);
    if (id.isEmpty()) {
      call.out().step("App not currently deploying");
    } else if (id.get().isEmpty()) {
      call.out().step("No matching app deploy found");
    }
    return id.filter(text -> !text.isEmpty());
  }

  private Optional<String> find(Call call, AppName app) {
    Optional<String> owner = files.read(lock(app)).map(String::strip);
    return owner.filter(BuildId::isOne).or(() -> newest(call, app)).or(() -> owner.map(id -> ""));
  }

  /** Not one that asks about itself. */
  private Optional<String> newest(Call call, AppName app) {
    return records.running().of(app).stream()
        .filter(each -> !each.tree().equals(call.tree()))
        .map(Running::id)
        .findFirst();
  }

  /** Removes a lock that still names this build. */
  void unlock(AppName app, String id) {
    if (files.read(lock(app)).map(String::strip).filter(id::equals).isPresent()) {
      files.delete(lock(app));
    }
  }

  private Path lock(AppName app) {
    return roots.data("apps", app).resolve(".deploy.lock");
  }
}
