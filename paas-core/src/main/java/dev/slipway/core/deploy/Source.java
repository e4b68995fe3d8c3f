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

  /** The ref that moves to the revision once it is deployed, if one does. */
  Optional<String> movingRef();

  /**
   * Whether git moves that ref, after its hook has ended; otherwise the deploy does, at its end and
   * under its lease.
   */
  default boolean movedByGit() {
    return true;
  }
}
