package dev.slipway.core.deploy;

import static dev.slipway.core.triggers.CoreTriggers.GIT_DEPLOY_BRANCH;

import dev.slipway.core.call.Call;
import dev.slipway.core.model.AppName;
import dev.slipway.core.store.DurableFiles;
import dev.slipway.core.store.PropertyStore;
import dev.slipway.core.store.Roots;
import dev.slipway.core.triggers.Triggers;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Where the source of a build comes from and goes to. */
public final class Checkouts {
  private final Roots roots;
  private final DurableFiles files;
  private final Revisions revisions;
  private final Submodules submodules;
  private final Pins pins;
  private final PropertyStore properties;
  private final Triggers triggers;
  private final Path temporary;

  /**
   * @param temporary where source is unpacked, usually {@code /tmp}
   */
  public Checkouts(
      Roots roots,
      DurableFiles files,
      Revisions revisions,
      Submodules submodules,
      Pins pins,
      PropertyStore properties,
      Triggers triggers,
      Path temporary) {
    this.roots = roots;
    this.files = files;
    this.revisions = revisions;
    this.submodules = submodules;
    this.pins = pins;
    this.properties = properties;
    this.triggers = triggers;
    this.temporary = temporary;
  }

  WorkDirectory workDirectory(Call call) {
    return WorkDirectory.named(temporary, call.pid(), files);
  }

  void checkOut(Call call, AppName app, String revision, Path directory) {
    Map<String, String> objects = GitObjects.of(call);
    revisions.checkOut(roots.app(app), revision, directory, objects);
    if (properties.effective("git", app, "keep-git-dir", "false").equals("true")) {
      String branch = triggers.ask(call, GIT_DEPLOY_BRANCH, app);
      revisions.keepRepository(roots.app(app), revision, directory, branch, objects);
    }
    submodules.fill(call, roots.app(app), revision, directory, objects);
  }

  /** Keeps the objects of a quarantine until the deploy is undone or the ref has moved. */
  Pinned pin(Call call, AppName app, String build, String commit, Source source) {
    Optional<String> quarantine = call.variable(GitObjects.QUARANTINE);
    quarantine.ifPresent(path -> pins.pin(app, build, Path.of(path)));
    String push = call.variable(GitObjects.PUSH).orElse("");
    String ref = source.movingRef().orElseThrow();
    String former = revisions.commitOf(roots.app(app), ref).orElse("");
    return new Pinned(
        new Pins.Deployed(app, build, push, ref, commit, former), source.movedByGit());
  }

  /** The pin of a deploy under way; closing drops it unless the deploy succeeded. */
  final class Pinned implements AutoCloseable {
    private final Pins.Deployed what;
    private final boolean movedByGit;
    private boolean stays;

    private Pinned(Pins.Deployed what, boolean movedByGit) {
      this.what = what;
      this.movedByGit = movedByGit;
    }

    String former() {
      return what.former();
    }

    /** Moves the ref, unless git is going to; then the pin stays until it has. */
    void succeeded() {
      pins.deployed(what);
      stays = true;
      if (!movedByGit) {
        pins.adopt(what.app(), what.build());
        Optional<String> former = Optional.of(what.former()).filter(id -> !id.isEmpty());
        revisions.moveRef(roots.app(what.app()), what.ref(), what.commit(), former);
        stays = false;
      }
    }

    @Override
    public void close() {
      if (!stays) {
        pins.drop(what.app(), what.build());
      }
    }
  }
}
