package dev.slipway.core.release;

import static dev.slipway.core.triggers.CoreTriggers.DEPLOYED_APP_IMAGE_REPO;
import static dev.slipway.core.triggers.CoreTriggers.DEPLOYED_APP_IMAGE_TAG;
import static dev.slipway.core.triggers.CoreTriggers.DEPLOYED_APP_REPOSITORY;

import dev.slipway.core.call.Call;
import dev.slipway.core.engine.Engine;
import dev.slipway.core.engine.Image;
import dev.slipway.core.error.UserError;
import dev.slipway.core.model.AppName;
import dev.slipway.core.triggers.Handlers;
import dev.slipway.core.triggers.Triggers;
import java.util.Optional;

/** The name of the image that an app runs. Spec: 03 section 10.1. */
public final class ImageNames {
  private static final String PLUGIN = "registry";

  private final Triggers triggers;
  private final Engine engine;

  public ImageNames(Triggers triggers, Engine engine) {
    this.triggers = triggers;
    this.engine = engine;
  }

  /** Answers of the plugin {@code registry} for apps whose images stay on this host. */
  public static void register(Handlers handlers) {
    handlers
        .on(PLUGIN, DEPLOYED_APP_IMAGE_REPO, inv -> inv.out().line("dokku/" + inv.argument(0)))
        .on(PLUGIN, DEPLOYED_APP_IMAGE_TAG, inv -> {})
        .on(PLUGIN, DEPLOYED_APP_REPOSITORY, inv -> inv.out().line(""));
  }

  /** The tag that is deployed unless another is asked for. */
  public String deployedTag(Call call, AppName app) {
    String tag = triggers.ask(call, DEPLOYED_APP_IMAGE_TAG, app);
    return tag.isEmpty() ? "latest" : tag;
  }

  /** {@code [SERVER/]REPOSITORY:TAG}. */
  public String name(Call call, AppName app, String tag) {
    String deployedTag = triggers.ask(call, DEPLOYED_APP_IMAGE_TAG, app);
    String server = triggers.ask(call, DEPLOYED_APP_REPOSITORY, app);
    String repository = triggers.ask(call, DEPLOYED_APP_IMAGE_REPO, app);
    String effective = deployedTag.isEmpty() ? (tag.isEmpty() ? "latest" : tag) : deployedTag;
    return server + repository + ":" + effective;
  }

  /**
   * The image of that name.
   *
   * @throws UserError if the engine has none
   */
  public Image require(String name) {
    return engine
        .image(name)
        .orElseThrow(() -> new UserError("App image (" + name + ") not found"));
  }

  /** The image that builders make, before it gets any other name. */
  Optional<Image> built(AppName app, String tag) {
    return engine.image("dokku/" + app + ":" + tag);
  }

  /** Gives the name of the built image back to a former one. */
  void putBack(AppName app, String tag, String id) {
    if (built(app, tag).filter(now -> !now.id().equals(id)).isPresent()) {
      engine.tag(id, "dokku/" + app, tag);
    }
  }
}
