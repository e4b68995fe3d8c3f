package dev.slipway.core.tasks;

import dev.slipway.core.model.AppName;

/**
 * A command that a release or a deploy runs.
 *
 * @param phase {@code predeploy}, {@code release}, {@code heroku.postdeploy} or {@code postdeploy}
 * @param image the name of the image in which it runs
 * @param command as it is written down
 * @param changesImage whether what it leaves in its container becomes the app's image
 */
public record Task(AppName app, String phase, String image, String command, boolean changesImage) {
  /** What stands behind the last colon of the image's name. */
  String tag() {
    int colon = image.lastIndexOf(':');
    return colon > image.lastIndexOf('/') ? image.substring(colon + 1) : "latest";
  }

  /** The image's name without its tag. */
  String repository() {
    int colon = image.lastIndexOf(':');
    return colon > image.lastIndexOf('/') ? image.substring(0, colon) : image;
  }
}
