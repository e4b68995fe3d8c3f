package dev.slipway.core.git.sources;

import dev.slipway.core.deploy.Quarantine;
import java.nio.file.Path;
import java.util.Optional;

/** Makes commits of folders. A failure is a {@link dev.slipway.core.error.ToolFailure}. */
public interface Commits {
  /**
   * Commits all files of a folder, ignored ones too, without what is named {@code .git}. Nothing in
   * the folder is run or obeyed; the objects go to the quarantine, and no ref moves.
   *
   * @param parent the commit that it stands on, absent for a first one
   * @return the commit, or empty if it would hold what the parent holds
   */
  Optional<String> commit(
      Path repository,
      Quarantine quarantine,
      Path folder,
      Optional<String> parent,
      String message,
      Author author);
}
