package dev.slipway.core.engine;

import java.nio.file.Path;
import java.util.Map;

/** Files to be put into a container, all of one owner. */
public sealed interface Contents {
  /** The numeric user that owns them there. */
  int user();

  /** The numeric group that owns them there. */
  int group();

  /**
   * What is below a folder of this host, with its modes; symbolic links stay links. Sockets, pipes
   * and devices are left out.
   */
  record Tree(Path directory, int user, int group) implements Contents {}

  /**
   * Small files from memory, so that no copy of them lies on a disk of this host.
   *
   * @param files content by relative path
   * @param mode of each, {@code 0644} for instance
   */
  record Files(Map<String, byte[]> files, int mode, int user, int group) implements Contents {
    public Files {
      files = Map.copyOf(files);
    }
  }
}
