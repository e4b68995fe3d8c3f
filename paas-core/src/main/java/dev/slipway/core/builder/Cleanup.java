package dev.slipway.core.builder;

import dev.slipway.core.call.Call;
import dev.slipway.core.engine.Container;
import dev.slipway.core.engine.Engine;
import dev.slipway.core.engine.EngineUnavailable;
import dev.slipway.core.engine.Image;
import dev.slipway.core.engine.Labels;
import dev.slipway.core.error.ToolFailure;
import dev.slipway.core.journal.Journal;
import dev.slipway.core.model.AppName;
import dev.slipway.core.model.Scope;
import dev.slipway.core.store.InstallationId;
import dev.slipway.core.store.PropertyStore;
import dev.slipway.core.triggers.Handlers;
import dev.slipway.core.triggers.Trigger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes what ended containers and former builds leave. Only what carries this installation's id
 * is touched, and an app's present image stays. Spec: 01 section 11.8, 03 section 14.1.
 */
public final class Cleanup {
  private static final Logger log = LoggerFactory.getLogger(Cleanup.class);
  private static final Trigger AFTER_DESTROY = new Trigger("slipway-cleanup");
  private static final Set<String> ENDED = Set.of("exited", "dead");

  private final Engine engine;
  private final PropertyStore properties;
  private final InstallationId installation;
  private final KeptImages releases;
  private final Journal journal;

  public Cleanup(
      Engine engine,
      PropertyStore properties,
      InstallationId installation,
      KeptImages releases,
      Journal journal) {
    this.engine = engine;
    this.properties = properties;
    this.installation = installation;
    this.releases = releases;
    this.journal = journal;
  }

  /** Answers the last step of {@code apps:destroy}. */
  public void register(Handlers handlers, AppImages images) {
    handlers.on(
        Builders.PLUGIN,
        AFTER_DESTROY,
        at -> {
          forced(at.call(), Optional.of(at.app(0)));
          attempt(() -> images.removeAll(at.app(0)));
        });
  }

  /** For one app, or for all. What the engine refuses to remove stays. */
  public void run(Call call, Optional<AppName> app) {
    if (isSkipped(call, app)) {
      call.out().step("DOKKU_SKIP_CLEANUP set. Skipping dokku cleanup");
      return;
    }
    forced(call, app);
  }

  /** The same, whatever the properties say. */
  void forced(Call call, Optional<AppName> app) {
    call.out().step("Cleaning up...");
    List<String> labels = new ArrayList<>();
    labels.add(Labels.with(Labels.INSTALLATION, installation.value()));
    app.ifPresent(name -> labels.add(Labels.with(Labels.APP, name.value())));
    removeContainers(call, labels);
    Set<AppName> apps = app.map(Set::of).orElseGet(() -> apps(labels));
    apps.forEach(each -> attempt(() -> releases.prune(each)));
    removeImages(engine.images(labels, app.isEmpty()));
  }

  /**
   * When the disk is nearly full: all that may go at all, of every app. Only the images of the
   * present release and of the one before stay.
   */
  public void reclaim(Call call) {
    if (isSkipped(call, Optional.empty())) {
      return;
    }
    call.out().warn("The disk is nearly full: images of older releases go");
    List<String> labels = List.of(Labels.with(Labels.INSTALLATION, installation.value()));
    apps(labels).forEach(app -> attempt(() -> releases.pruneHard(app)));
    forced(call, Optional.empty());
  }

  /** The apps that have images. */
  private Set<AppName> apps(List<String> labels) {
    return engine.images(labels, false).stream()
        .flatMap(image -> app(image).stream())
        .collect(Collectors.toSet());
  }

  private static Optional<AppName> app(Image image) {
    try {
      return Optional.ofNullable(image.labels().get(Labels.APP)).map(AppName::new);
    } catch (IllegalArgumentException none) {
      return Optional.empty();
    }
  }

  private boolean isSkipped(Call call, Optional<AppName> app) {
    String value =
        app.map(name -> properties.effective(Builders.PLUGIN, name, "skip-cleanup", ""))
            .orElseGet(
                () -> properties.get(Builders.PLUGIN, Scope.GLOBAL, "skip-cleanup").orElse(""));
    return value.equals("true") || call.variable("DOKKU_SKIP_CLEANUP").equals(Optional.of("true"));
  }

  /** One that just ended may be about to become an image, if its app is being deployed. */
  private void removeContainers(Call call, List<String> labels) {
    List<Container> all = engine.containers(labels);
    Set<String> busy =
        journal.othersAtWork(call).stream().map(AppName::value).collect(Collectors.toSet());
    all.stream()
        .filter(container -> ENDED.contains(container.status()))
        .filter(container -> !busy.contains(container.labels().getOrDefault(Labels.APP, "")))
        .forEach(container -> attempt(() -> engine.remove(container.id(), false)));
  }

  /** Without those that an app's name means, or that going back to a release needs. */
  private void removeImages(List<Image> images) {
    Map<AppName, Set<String>> retained = new HashMap<>();
    for (Image image : images) {
      boolean stays =
          app(image)
              .filter(
                  app ->
                      image.tags().contains(AppImages.name(app))
                          || retained.computeIfAbsent(app, releases::retained).contains(image.id()))
              .isPresent();
      if (!stays) {
        attempt(() -> engine.removeImage(image.id()));
      }
    }
  }

  private static void attempt(Runnable removal) {
    try {
      removal.run();
    } catch (EngineUnavailable e) {
      throw e;
    } catch (ToolFailure e) {
      log.info("cleanup left something: {}", e.getMessage());
    }
  }
}
