package dev.slipway.core.release;

import dev.slipway.core.model.AppName;
import java.util.Map;

/** State that a release changes, and that comes back when the release comes to nothing. */
@FunctionalInterface
public interface Former {
  /**
   * May be repeated, and does nothing where nothing was changed.
   *
   * @param facts of the deploy's journal entry
   */
  void putBack(AppName app, Map<String, String> facts);
}
