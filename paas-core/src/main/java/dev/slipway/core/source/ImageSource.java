package dev.slipway.core.source;

import dev.slipway.core.call.Call;
import dev.slipway.core.model.AppName;
import java.util.Optional;

/** Files of the image that an app is deployed from. */
@FunctionalInterface
public interface ImageSource {
  /**
   * Nothing if there is no regular file.
   *
   * @param path below the folder in which images of this kind keep the app
   * @throws dev.slipway.core.error.UserError if it is larger than {@code limit} bytes
   */
  Optional<byte[]> read(Call call, AppName app, String image, String path, int limit);
}
