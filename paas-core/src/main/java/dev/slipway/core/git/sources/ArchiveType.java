package dev.slipway.core.git.sources;

import dev.slipway.core.error.UserError;
import java.util.Arrays;

/** The kinds of archives that {@code git:from-archive} takes. */
public enum ArchiveType {
  TAR("tar", "Extracting tarball"),
  TAR_GZ("tar.gz", "Extracting gzipped tarball"),
  ZIP("zip", "Extracting zipball");

  private final String word;
  private final String progress;

  ArchiveType(String word, String progress) {
    this.word = word;
    this.progress = progress;
  }

  /**
   * @throws UserError naming those that there are
   */
  public static ArchiveType parse(String word) {
    return Arrays.stream(values())
        .filter(type -> type.word.equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new UserError(
                    "Invalid archive type specified, valid archive types include: tar, tar.gz,"
                        + " zip"));
  }

  /** As it is typed. */
  public String word() {
    return word;
  }

  String progress() {
    return progress;
  }
}
