package dev.slipway.core.builder;

import static dev.slipway.core.triggers.CoreTriggers.POST_DELETE;
import static dev.slipway.core.triggers.CoreTriggers.POST_STACK_SET;

import dev.slipway.core.engine.Engine;
import dev.slipway.core.engine.EngineUnavailable;
import dev.slipway.core.engine.Labels;
import dev.slipway.core.error.ToolFailure;
import dev.slipway.core.error.UserError;
import dev.slipway.core.model.AppName;
import dev.slipway.core.store.InstallationId;
import dev.slipway.core.triggers.Handlers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a build keeps for the next one of the same app: the volume {@code cache-APP}. Spec: 03
 * sections 5.2 and 15.
 */
public final class BuildCache {
  private static final String PLUGIN = "repo";

  private final Engine engine;
  private final InstallationId installation;

  public BuildCache(Engine engine, InstallationId installation) {
    this.engine = engine;
    this.installation = installation;
  }

  public void register(Handlers handlers) {
    handlers
        .on(PLUGIN, POST_STACK_SET, at -> purge(at.app(0)))
        .on(PLUGIN, POST_DELETE, at -> purge(at.app(0)));
  }

  /** The volume's name. */
  public static String volume(AppName app) {
    return "cache-" + app;
  }

  /**
   * Makes the volume unless it is there.
   *
   * @throws UserError naming its owner, if it was made neither for this app by this installation
   *     nor by the reference
   */
  public String ensure(AppName app) {
    String name = volume(app);
    Optional<Map<String, String>> found = engine.volume(name);
    if (found.isEmpty()) {
      engine.createVolume(name, labels(app));
    } else {
      requireOurs(app, found.get());
    }
    return name;
  }

  private Map<String, String> labels(AppName app) {
    Map<String, String> labels = new HashMap<>(Labels.common());
    labels.put(Labels.APP, app.value());
    labels.put(Labels.BUILDER_TYPE, "herokuish");
    labels.put(Labels.INSTALLATION, installation.value());
    return labels;
  }

  /**
   * Removes it, and what was left of builds that used it.
   *
   * @throws ToolFailure if it cannot be removed, because something uses it for instance
   */
  public void purge(AppName app) {
    String name = volume(app);
    Optional<Map<String, String>> found = engine.volume(name);
    if (found.isEmpty()) {
      return;
    }
    requireOurs(app, found.get());
    try {
      engine
          .containers(
              List.of(
                  Labels.with(Labels.APP, app.value()),
                  Labels.with(Labels.IMAGE_STAGE, "build"),
                  Labels.with(Labels.INSTALLATION, installation.value())))
          .stream()
          .filter(container -> !container.isRunning())
          .forEach(container -> engine.remove(container.id(), false));
      engine.removeVolume(name);
    } catch (EngineUnavailable e) {
      throw e;
    } catch (ToolFailure e) {
      throw new ToolFailure("Unable to remove cache volume: " + e.getMessage(), e);
    }
  }

  private void requireOurs(AppName app, Map<String, String> labels) {
    String owner = labels.getOrDefault(Labels.INSTALLATION, "");
    boolean ofApp = app.value().equals(labels.get(Labels.APP));
    if (ofApp && (owner.isEmpty() || owner.equals(installation.value()))) {
      return;
    }
    throw new UserError(
        "The volume "
            + volume(app)
            + (owner.isEmpty()
                ? " was not made for this app (its labels: " + labels + ")"
                : " belongs to the installation " + owner + ", this one is " + installation)
            + ". It is left alone; remove it to build here");
  }
}
