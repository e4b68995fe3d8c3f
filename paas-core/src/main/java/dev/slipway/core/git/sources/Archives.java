package dev.slipway.core.git.sources;

import java.nio.file.Path;

/** Unpacks archives that somebody else has made. Spec: 03 section 2.8. */
public interface Archives {
  /**
   * Looks through the whole archive before anything is written.
   *
   * @throws RejectedArchive if it breaks a rule or exceeds a limit
   * @throws dev.slipway.core.error.UserError if it cannot be read as an archive of this type
   */
  Contents check(Path archive, ArchiveType type, Limits limits);

  /**
   * Writes what is in an archive into an empty folder, and nowhere else: folders, regular files
   * (executable or not) and symbolic links that stay inside. What is named {@code .git} is left
   * out.
   *
   * @param strip how many leading folders each name loses; what has no more than these is left out
   * @throws RejectedArchive if it breaks a rule or exceeds a limit; the folder may hold a part then
   */
  void unpack(Path archive, ArchiveType type, int strip, Path into, Limits limits);

  /**
   * What an archive may hold.
   *
   * @param bytes of the archive itself, and of all its files together
   */
  record Limits(long entries, long bytes) {}

  /**
   * What an archive says of itself.
   *
   * @param commonPrefix the longest text that all its names begin with
   */
  record Contents(long entries, String commonPrefix) {
    int commonFolders() {
      return (int) commonPrefix.chars().filter(c -> c == '/').count();
    }
  }
}
