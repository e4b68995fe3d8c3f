package dev.slipway.core.deploy;

import dev.slipway.core.builder.AppImages;
import dev.slipway.core.builds.BuildRecords;
import dev.slipway.core.engine.Labels;
import dev.slipway.core.error.ToolFailure;
import dev.slipway.core.journal.Journal.Unfinished;
import dev.slipway.core.journal.Recoverer;
import dev.slipway.core.journal.Step;
import dev.slipway.core.model.AppName;
import dev.slipway.core.store.DurableFiles;
import dev.slipway.core.store.Roots;
import dev.slipway.core.tasks.ThrowAway;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The front half of a deploy that was cut off. Undone, it leaves neither objects nor files and the
 * app's former image; finished, the ref is at the commit that serves.
 */
public final class PushRecovery implements Recoverer {
  private static final Logger log = LoggerFactory.getLogger(PushRecovery.class);

  private final Roots roots;
  private final DurableFiles files;
  private final Pins pins;
  private final Revisions revisions;
  private final DeployLeases leases;
  private final BuildRecords records;
  private final AppImages images;

  public PushRecovery(
      Roots roots,
      DurableFiles files,
      Pins pins,
      Revisions revisions,
      DeployLeases leases,
      BuildRecords records,
      AppImages images) {
    this.roots = roots;
    this.files = files;
    this.pins = pins;
    this.revisions = revisions;
    this.leases = leases;
    this.records = records;
    this.images = images;
  }

  @Override
  public void undo(Unfinished entry) {
    AppName app = entry.app();
    Optional<String> former = fact(entry, Facts.FORMER_IMAGE, true);
    if (entry.step().compareTo(Step.EXTRACTED) >= 0 && former.isPresent() && isOfEntry(entry)) {
      images.restore(app, former.filter(id -> !id.isEmpty()));
    }
    supersede(entry);
  }

  /** Whether the app's name still means what this deploy built. */
  private boolean isOfEntry(Unfinished entry) {
    Optional<String> built = fact(entry, Facts.IMAGE, false);
    Optional<String> build = fact(entry, Facts.BUILD, false);
    Optional<String> task = fact(entry, ThrowAway.FACT, false);
    return images
        .current(entry.app())
        .filter(
            image ->
                built.filter(image.id()::equals).isPresent()
                    || build.filter(id -> id.equals(image.labels().get(Labels.BUILD))).isPresent()
                    || task.filter(by -> by.equals(image.labels().get(ThrowAway.LABEL)))
                        .isPresent())
        .isPresent();
  }

  @Override
  public void supersede(Unfinished entry) {
    AppName app = entry.app();
    Optional<String> build = fact(entry, Facts.BUILD, false);
    build.ifPresent(id -> pins.drop(app, id));
    removeFiles(entry);
    build.ifPresent(
        id -> {
          leases.forget(app, id);
          records.find(app, id).ifPresent(record -> records.cutOff(app, id));
        });
  }

  @Override
  public void finish(Unfinished entry) {
    AppName app = entry.app();
    Optional<String> build = fact(entry, Facts.BUILD, false);
    Optional<String> ref = fact(entry, Facts.REF, false);
    Optional<String> commit = fact(entry, Facts.COMMIT, false);
    if (build.isPresent() && ref.isPresent() && commit.isPresent()) {
      String former = entry.facts().getOrDefault(Facts.FORMER_COMMIT, Pins.Deployed.UNKNOWN);
      move(new Pins.Deployed(app, build.get(), "", ref.get(), commit.get(), former));
    }
    removeFiles(entry);
    build.ifPresent(
        id -> {
          leases.forget(app, id);
          records.find(app, id).ifPresent(record -> records.finished(app, id));
        });
  }

  /**
   * Moves the refs of pushes that were cut off after their deploy had ended well. For the start,
   * before any push is let in.
   */
  public void finishPushes(Iterable<AppName> apps) {
    for (AppName app : apps) {
      try {
        pins.deployed(app).forEach(this::move);
      } catch (ToolFailure | UncheckedIOException e) {
        log.error("push not finished, the ref stays where it is app={}", app, e);
      }
    }
  }

  private void move(Pins.Deployed what) {
    Path repository = roots.app(what.app());
    Optional<String> now = revisions.commitOf(repository, what.ref());
    boolean expected =
        what.former().equals(Pins.Deployed.UNKNOWN) || now.orElse("").equals(what.former());
    if (now.filter(what.commit()::equals).isEmpty() && expected) {
      pins.adopt(what.app(), what.build());
      revisions.moveRef(repository, what.ref(), what.commit(), now);
      log.info("push finished app={} ref={} commit={}", what.app(), what.ref(), what.commit());
    } else {
      log.info("ref moved already app={} ref={} commit={}", what.app(), what.ref(), now.orElse(""));
    }
    pins.drop(what.app(), what.build());
  }

  private void removeFiles(Unfinished entry) {
    fact(entry, Facts.DIRECTORY, false)
        .map(Path::of)
        .filter(WorkDirectory::isOne)
        .ifPresent(files::deleteTree);
    fact(entry, Facts.QUARANTINE, false)
        .map(Path::of)
        .filter(path -> Quarantine.isOne(roots.app(entry.app()), path))
        .ifPresent(files::deleteTree);
  }

  private static Optional<String> fact(Unfinished entry, String key, boolean evenEmpty) {
    return Optional.ofNullable(entry.facts().get(key))
        .filter(value -> evenEmpty || !value.isEmpty());
  }
}
