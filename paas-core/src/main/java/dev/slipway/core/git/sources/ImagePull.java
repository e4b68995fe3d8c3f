package dev.slipway.core.git.sources;

import dev.slipway.core.call.Call;
import dev.slipway.core.model.AppName;

/** Gets images from where they are kept. */
@FunctionalInterface
public interface ImagePull {
  /**
   * Pulls an image with the app's credentials, showing how it goes on.
   *
   * @return whether it is here now; the reason has been shown otherwise
   */
  boolean pull(Call call, AppName app, ImageReference image);
}
