package dev.slipway.core.deploy;

import dev.slipway.core.call.Call;
import java.nio.file.Path;
import java.util.Map;

/** The repositories that a revision names as parts of its tree. */
@FunctionalInterface
public interface Submodules {
  /**
   * Puts the files of all submodules, and of theirs, where they belong in a tree that has been
   * checked out; does nothing where there are none.
   *
   * @param objects as for {@link Revisions#checkOut}
   * @throws dev.slipway.core.error.UserError if one is named in a way that is not allowed
   * @throws dev.slipway.core.error.ToolFailure if one cannot be fetched
   */
  void fill(
      Call call, Path repository, String revision, Path directory, Map<String, String> objects);
}
