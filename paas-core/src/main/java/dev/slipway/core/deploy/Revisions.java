package dev.slipway.core.deploy;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The git repositories of apps, as a deploy needs them. A failure is a {@link
 * dev.slipway.core.error.ToolFailure} with git's own words.
 */
public interface Revisions {
  /**
   * Writes the files of a revision into an empty directory. Attributes that would leave files out
   * are not honoured; no hook and nothing from the tree is run.
   *
   * @param objects the variables by which git finds objects that are not in the repository yet
   */
  void checkOut(Path repository, String revision, Path directory, Map<String, String> objects);

  /**
   * Puts a repository of its own, {@code .git}, beside the files of a revision that were written
   * into a directory, its branch at the revision. It shares no file with the app's repository.
   *
   * @param objects as in {@link #checkOut}
   */
  void keepRepository(
      Path repository, String revision, Path directory, String branch, Map<String, String> objects);

  /** The commit that a ref names. */
  Optional<String> commitOf(Path repository, String ref);

  /**
   * Moves a ref to a commit whose objects are in the repository.
   *
   * @param former what it names now, empty if it is to be new; a failure if that is no longer so
   */
  void moveRef(Path repository, String ref, String commit, Optional<String> former);
}
