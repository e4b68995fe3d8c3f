package dev.slipway.core.storage;

/**
 * Changes of folders on the host that need more rights than the daemon has, whose files belong to
 * the users of containers.
 */
public interface HostFolders {
  /**
   * Makes a user and the group of the same number the owner of a folder and all that is in it.
   * Links are not followed.
   *
   * @throws dev.slipway.core.error.UserError if it cannot be done
   */
  void own(java.nio.file.Path folder, int user);

  /**
   * Sets the mode of the folder itself.
   *
   * @param mode octal digits
   */
  void mode(java.nio.file.Path folder, String mode);

  /** Removes all that is in a folder, but not itself. */
  void empty(java.nio.file.Path folder);
}
