package dev.slipway.core.deploy;

import dev.slipway.core.call.Call;
import java.util.Optional;

/** What to build. */
public interface Source {
  /**
   * The revision; asked under the lease, so that this may write what the build is to see.
   *
   * @throws dev.slipway.core.error.UserError if there is nothing to build
   */
  String revision(Call call);

  /** The ref that a push is about to move, where the source is a push. */
  Optional<String> pushedRef();
}
