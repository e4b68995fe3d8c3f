package dev.slipway.core.builder;

import dev.slipway.core.call.Call;
import dev.slipway.core.model.AppName;
import dev.slipway.core.source.SourceTree;

/**
 * Turns source into an image. Each stands at the plugin {@code builder-NAME} of the trigger chains.
 * Spec: 03 section 5.
 */
public interface Builder {
  /** {@code dockerfile}, {@code pack}, and so on. */
  String name();

  /** Whether this source is for this builder. */
  boolean detects(Call call, AppName app, SourceTree source);

  /**
   * Puts its own files where the build expects them.
   *
   * @throws dev.slipway.core.error.UserError if a file that a property names is not there
   */
  void prepare(Call call, AppName app, SourceTree source);

  /**
   * Builds {@code dokku/APP:latest}, the triggers around it included.
   *
   * @throws dev.slipway.core.error.UserError if the source cannot be built
   */
  void build(Call call, AppName app, SourceTree source);

  /** Makes the built image a release, the triggers around it included. */
  void release(Call call, AppName app, String tag);
}
