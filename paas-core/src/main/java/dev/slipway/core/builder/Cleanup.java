package dev.slipway.core.builder;

import dev.slipway.core.call.Call;
import dev.slipway.core.engine.Engine;
import dev.slipway.core.engine.EngineUnavailable;
import dev.slipway.core.engine.Image;
import dev.slipway.core.engine.Labels;
import dev.slipway.core.error.ToolFailure;
import dev.slipway.core.model.AppName;
import dev.slipway.core.model.Scope;
import dev.slipway.core.store.InstallationId;
import dev.slipway.core.store.PropertyStore;
import dev.slipway.core.triggers.Handlers;
import dev.slipway.core.triggers.Trigger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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

  public Cleanup(Engine engine, PropertyStore properties, InstallationId installation) {
    this.engine = engine;
    this.properties = properties;
    this.installation = installation;
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
    removeContainers(labels);
    engine.images(labels, true).forEach(image -> attempt(() -> engine.removeImage(image.id())));
    app.ifPresent(name -> removeImages(name, labels));
  }

  private boolean isSkipped(Call call, Optional<AppName> app) {
    boolean forAll =
        properties.get(Builders.PLUGIN, Scope.GLOBAL, "skip-cleanup").equals(Optional.of("true"));
    boolean forApp =
        app.flatMap(name -> properties.get(Builders.PLUGIN, Scope.of(name), "skip-cleanup"))
            .equals(Optional.of("true"));
    return forAll || forApp || call.variable("DOKKU_SKIP_CLEANUP").equals(Optional.of("true"));
  }

  private void removeContainers(List<String> labels) {
    engine.containers(labels).stream()
        .filter(container -> ENDED.contains(container.status()))
        .forEach(container -> attempt(() -> engine.remove(container.id(), false)));
  }

  private void removeImages(AppName app, List<String> labels) {
    for (Image image : engine.images(labels, false)) {
      if (!image.tags().contains(AppImages.name(app))) {
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
