package dev.slipway.core.git.sources;

import dev.slipway.core.call.Call;
import dev.slipway.core.engine.Engine;
import dev.slipway.core.engine.Image;
import dev.slipway.core.engine.Labels;
import dev.slipway.core.error.ToolFailure;
import dev.slipway.core.error.UserError;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Loads an image from standard input as it comes. An archive can name its images as it likes, so
 * those that carry the name of an app's image give it back.
 */
final class LoadImage {
  private final Engine engine;

  LoadImage(Engine engine) {
    this.engine = engine;
  }

  /**
   * @throws UserError if there is a terminal instead of an archive
   */
  static void requirePipe(Call call) {
    if (call.terminal().isPresent()) {
      throw new UserError("Expecting tar archive containing docker image on STDIN");
    }
  }

  /**
   * @throws UserError if the archive does not bring the image, or takes the name of an app's
   */
  void load(Call call, ImageReference image) {
    Map<String, String> before = appImages();
    try {
      engine.load(unclosed(call.streams().in()), call.out()::line);
    } catch (ToolFailure e) {
      giveBack(before);
      throw e;
    }
    giveBack(before);
    if (engine.image(image.text()).isEmpty()) {
      throw new UserError(
          "Loaded image tarball but the specified docker image was not found: " + image);
    }
  }

  /** The input is the caller's; the engine's client would close it. */
  private static InputStream unclosed(InputStream in) {
    return new FilterInputStream(in) {
      @Override
      public int read(byte[] buffer, int offset, int length) throws IOException {
        return in.read(buffer, offset, length);
      }

      @Override
      public void close() {}
    };
  }

  /** Which image each name of an app's image means. */
  private Map<String, String> appImages() {
    Map<String, String> names = new HashMap<>();
    for (Image image : engine.images(List.of(Labels.APP), false)) {
      image.tags().stream()
          .filter(tag -> tag.startsWith("dokku/"))
          .forEach(tag -> names.put(tag, image.id()));
    }
    return names;
  }

  private void giveBack(Map<String, String> before) {
    List<String> taken = new ArrayList<>();
    before.forEach(
        (name, id) -> {
          if (engine.image(name).filter(now -> !now.id().equals(id)).isPresent()) {
            int colon = name.lastIndexOf(':');
            engine.tag(id, name.substring(0, colon), name.substring(colon + 1));
            taken.add(name);
          }
        });
    if (!taken.isEmpty()) {
      throw new UserError(
          "The archive holds an image with the name of an app's own image, which was put back: "
              + String.join(", ", taken)
              + "\nGive the image another name before saving it: docker image tag");
    }
  }
}
