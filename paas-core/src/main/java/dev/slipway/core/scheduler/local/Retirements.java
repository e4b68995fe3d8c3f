package dev.slipway.core.scheduler.local;

import static dev.slipway.core.triggers.CoreTriggers.PS_GET_PROPERTY;
import static dev.slipway.core.triggers.CoreTriggers.RETIRE_CONTAINER_FAILED;

import dev.slipway.core.call.Call;
import dev.slipway.core.engine.Container;
import dev.slipway.core.engine.Engine;
import dev.slipway.core.error.ToolFailure;
import dev.slipway.core.error.UserError;
import dev.slipway.core.locks.SwitchLocks;
import dev.slipway.core.model.AppName;
import dev.slipway.core.release.ImageNames;
import dev.slipway.core.release.ReleaseImages;
import dev.slipway.core.scheduler.local.RetirementQueue.Entry;
import dev.slipway.core.store.StateFiles;
import dev.slipway.core.triggers.TriggerFailed;
import dev.slipway.core.triggers.Triggers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends containers and images that were replaced, once they are due. Spec: 04 section 5.7. */
final class Retirements {
  private static final Logger log = LoggerFactory.getLogger(Retirements.class);
  private static final String IMAGE_HEAD = "sha256:";

  private final Engine engine;
  private final RetirementQueue queue;
  private final Ownership ownership;
  private final StateFiles state;
  private final ReleaseImages images;
  private final SwitchLocks locks;
  private final Triggers triggers;
  private final Clock clock;

  Retirements(
      Engine engine,
      RetirementQueue queue,
      Ownership ownership,
      StateFiles state,
      ReleaseImages images,
      SwitchLocks locks,
      Triggers triggers,
      Clock clock) {
    this.engine = engine;
    this.queue = queue;
    this.ownership = ownership;
    this.state = state;
    this.images = images;
    this.locks = locks;
    this.triggers = triggers;
    this.clock = clock;
  }

  /** Queues a container, and its image unless something of the app still runs it. */
  void register(Call call, AppName app, String id, Duration wait) {
    Instant due = clock.instant().plus(wait);
    queue.addContainer(app, id, due);
    boolean imageStays =
        call.variable("DOKKU_SKIP_IMAGE_RETIRE").filter("true"::equals).isPresent()
            || call.variable("DOKKU_SKIP_IMAGE_CLEANUP_REGISTRATION")
                .filter(value -> !value.isEmpty())
                .isPresent();
    if (!imageStays) {
      engine.container(id).ifPresent(container -> registerImage(app, container, due));
    }
  }

  private void registerImage(AppName app, Container container, Instant due) {
    boolean used =
        ownership.containersOf(app).stream()
            .anyMatch(
                other ->
                    other.isRunning()
                        && other.imageId().equals(container.imageId())
                        && !queue.hasContainer(other.id()));
    if (!used && container.imageId().startsWith(IMAGE_HEAD)) {
      queue.addImage(app, container.imageId().substring(IMAGE_HEAD.length()), due);
    }
  }

  /** When something is next to be done, if anything is queued. */
  Optional<Instant> nextDue() {
    return queue.containers().stream().map(Entry::due).min(Instant::compareTo);
  }

  /**
   * Ends what is due. An app that is just being switched is left for the next time.
   *
   * @param only restricts it to one app
   */
  void retire(Call call, Optional<AppName> only) {
    for (Entry entry : queue.containers()) {
      if (isToGo(entry, only)) {
        retireContainer(call, entry);
      }
    }
    for (Entry entry : queue.images()) {
      if (isToGo(entry, only)) {
        app(entry)
            .flatMap(app -> locks.tryAcquire(call, app, "retirement"))
            .ifPresent(
                lock -> {
                  try (lock) {
                    retireImage(call, entry);
                  }
                });
      }
    }
  }

  private boolean isToGo(Entry entry, Optional<AppName> only) {
    return only.map(entry::isOf).orElse(true)
        && clock.instant().isAfter(entry.due())
        && app(entry).filter(locks::isHeld).isEmpty();
  }

  private static Optional<AppName> app(Entry entry) {
    try {
      return Optional.of(new AppName(entry.app()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /**
   * Looks once more, while nothing switches. No later switch brings back a container that the state
   * files do not name now, so the lock need not be held while it ends.
   */
  private boolean isStillToGo(Call call, AppName app, Entry entry) {
    Optional<SwitchLocks.Held> lock = locks.tryAcquire(call, app, "retirement");
    if (lock.isEmpty()) {
      return false;
    }
    try (SwitchLocks.Held _ = lock.get()) {
      if (!queue.hasContainer(entry)) {
        return false;
      }
      if (state.ids(app).contains(entry.id())) {
        log.warn("queued container is in use again app={} id={}", app, entry.id());
        queue.removeContainer(entry.id());
        return false;
      }
      return true;
    }
  }

  private void retireContainer(Call call, Entry entry) {
    Optional<AppName> app = app(entry);
    if (app.filter(name -> !isStillToGo(call, name, entry)).isPresent()) {
      return;
    }
    call.out()
        .unlessQuiet()
        .detail("Attempting to retire " + entry.app() + " container " + entry.id());
    Optional<Container> container = engine.container(entry.id());
    if (app.isEmpty() || container.isEmpty()) {
      queue.removeContainer(entry.id());
      return;
    }
    if (!ownership.isOurs(app.get(), container.get())) {
      log.warn("queued container belongs to somebody else id={}", entry.id());
      queue.removeContainer(entry.id());
      return;
    }
    try {
      end(call, app.get(), container.get());
      engine.remove(entry.id(), true);
      queue.removeContainer(entry.id());
      log.info("container retired app={} id={}", entry.app(), container.get().shortId());
    } catch (ToolFailure e) {
      call.out().warn("Container " + entry.id() + " still running");
      log.warn("container not retired app={} id={}", entry.app(), entry.id(), e);
    }
  }

  /** Stops a container for good, by force where it does not obey. */
  void end(Call call, AppName app, Container container) {
    String id = container.id();
    if (!container.isRunning() && !container.status().equals("restarting")) {
      return;
    }
    try {
      engine.restartPolicy(id, "no");
      engine.stop(id, stopTimeout(call, app));
    } catch (ToolFailure stopFailed) {
      log.warn("container not stopped app={} id={}", app, id, stopFailed);
      try {
        engine.kill(id, "KILL");
      } catch (ToolFailure killFailed) {
        killFailed.addSuppressed(stopFailed);
        call.out().warn("Unable to kill container " + id);
        tellPlugins(call, app, id);
        throw killFailed;
      }
    }
  }

  private void tellPlugins(Call call, AppName app, String id) {
    try {
      triggers.ask(call, RETIRE_CONTAINER_FAILED, app, id);
    } catch (TriggerFailed | UserError e) {
      log.warn("plugin failed at retire-container-failed app={} id={}", app, id, e);
    }
  }

  Duration stopTimeout(Call call, AppName app) {
    try {
      return DeployPlanner.seconds(
          triggers.ask(call, PS_GET_PROPERTY, app, "stop-timeout-seconds"), 30);
    } catch (TriggerFailed | UserError e) {
      log.warn("stop timeout not known app={}", app, e);
      return Duration.ofSeconds(30);
    }
  }

  /** An app that has no container may still be started again from the image under its name. */
  private boolean isDeployed(Call call, AppName app, String id) {
    if (!state.hasApp(app)) {
      return false;
    }
    ImageNames names = new ImageNames(triggers, engine);
    return engine
        .image(names.name(call, app, ""))
        .filter(image -> image.id().equals(id))
        .isPresent();
  }

  private void retireImage(Call call, Entry entry) {
    String id = IMAGE_HEAD + entry.id();
    if (app(entry).filter(app -> isDeployed(call, app, id)).isPresent()) {
      log.info("queued image is the app's deployed one app={} id={}", entry.app(), entry.id());
      queue.removeImage(entry.id());
      return;
    }
    if (app(entry).filter(app -> images.retained(app).contains(id)).isPresent()) {
      log.info("queued image is one to go back to app={} id={}", entry.app(), entry.id());
      queue.removeImage(entry.id());
      return;
    }
    call.out().unlessQuiet().detail("Attempting to retire " + entry.app() + " image " + entry.id());
    if (engine.image(id).isEmpty() || engine.removeImage(id)) {
      queue.removeImage(entry.id());
      return;
    }
    boolean current =
        app(entry).stream()
            .flatMap(app -> ownership.containersOf(app).stream())
            .anyMatch(each -> each.imageId().equals(id) && !queue.hasContainer(each.id()));
    if (current) {
      call.out()
          .warn(
              "Image "
                  + entry.id()
                  + " is still in use by "
                  + entry.app()
                  + ", removing from retire list");
      queue.removeImage(entry.id());
    } else {
      call.out().warn("Image " + entry.id() + " has running containers, skipping rm");
    }
  }
}
