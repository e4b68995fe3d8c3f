package dev.slipway.core.builder;

import static dev.slipway.core.triggers.CoreTriggers.CONFIG_GET;

import dev.slipway.core.call.Call;
import dev.slipway.core.engine.Image;
import dev.slipway.core.engine.Labels;
import dev.slipway.core.model.AppName;
import dev.slipway.core.triggers.Triggers;

/** Which builder made an image, as far as the image shows it. Spec: 03 section 4.5. */
public final class BuilderTypes {
  private static final String CNB_STACK = "io.buildpacks.stack.id";
  private static final String USER = "herokuishuser";

  private BuilderTypes() {}

  /** The user that owns and runs an app that was made of buildpacks. */
  public static String appUser(Triggers triggers, Call call, AppName app) {
    String configured = triggers.ask(call, CONFIG_GET, app, "DOKKU_APP_USER");
    return configured.matches("[a-z_][a-z0-9_-]{0,31}") ? configured : USER;
  }

  /** Whether Cloud Native Buildpacks made it. */
  public static boolean isCnb(Image image) {
    return !image.labels().getOrDefault(CNB_STACK, "").isEmpty();
  }

  /**
   * Whether its processes are started as those of buildpacks are.
   *
   * @param user of the app
   */
  public static boolean isHerokuish(Image image, String user) {
    return isCnb(image) || image.environment().contains("USER=" + user);
  }

  /** The builder that releases it. */
  public static String releasedBy(Image image, String user) {
    if (isCnb(image)) {
      return "pack";
    }
    String label = image.labels().getOrDefault(Labels.BUILDER_TYPE, "");
    return label.isEmpty() ? isHerokuish(image, user) ? "herokuish" : "dockerfile" : label;
  }
}
