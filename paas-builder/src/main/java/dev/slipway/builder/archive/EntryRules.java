package dev.slipway.builder.archive;

import dev.slipway.core.git.sources.ArchiveType;
import dev.slipway.core.git.sources.RejectedArchive;
import java.util.Arrays;
import java.util.Locale;

/** What the names and links of an archive may be. Spec: 03 section 2.8. */
final class EntryRules {
  private static final int LONGEST_NAME = 4096;
  private static final int LONGEST_PART = 255;
  private static final char UNREADABLE = '\ufffd';

  private final boolean zip;

  EntryRules(ArchiveType type) {
    this.zip = type == ArchiveType.ZIP;
  }

  /**
   * @throws RejectedArchive if the name leads out of the folder or cannot be one
   */
  void checkName(String name) {
    if (name.startsWith("/")) {
      throw zip
          ? unsafeZip()
          : new RejectedArchive(
              "rejected_absolute_path", "Archive contains entries with absolute paths");
    }
    if (hasParent(name) || (zip && name.indexOf('\\') >= 0)) {
      throw zip
          ? unsafeZip()
          : new RejectedArchive(
              "rejected_path_traversal",
              "Archive contains entries with parent directory traversal");
    }
    boolean impossible =
        name.isEmpty()
            || name.length() > LONGEST_NAME
            || name.chars().anyMatch(c -> c == 0 || c == UNREADABLE)
            || Arrays.stream(name.split("/")).anyMatch(part -> part.length() > LONGEST_PART);
    if (impossible) {
      throw new RejectedArchive(
          "rejected_unsafe_name", "Archive contains entries whose names cannot be file names");
    }
  }

  /**
   * @throws RejectedArchive for links that lead out, and for devices and the like
   */
  void checkKind(Entry entry) {
    switch (entry.kind()) {
      case FOLDER, FILE -> {
        return;
      }
      case SYMBOLIC_LINK -> checkSymlink(entry.target());
      case HARD_LINK -> checkName(entry.target());
      case OTHER ->
          throw new RejectedArchive(
              "rejected_special_file",
              "Archive contains entries that are neither files, folders nor links");
    }
  }

  private static void checkSymlink(String target) {
    if (target.startsWith("/")) {
      throw new RejectedArchive(
          "rejected_unsafe_symlink", "Archive contains symlinks with absolute targets");
    }
    if (target.contains("..") || target.isEmpty() || target.indexOf('\0') >= 0) {
      throw new RejectedArchive(
          "rejected_unsafe_symlink",
          "Archive contains symlinks pointing outside extraction directory");
    }
  }

  private static boolean hasParent(String name) {
    return Arrays.asList(name.split("/")).contains("..");
  }

  private static RejectedArchive unsafeZip() {
    return new RejectedArchive(
        "rejected_unsafe_zip_path", "Archive contains entries with unsafe paths");
  }

  /** Whether git, here or on the developer's machine, would take a part of a name for its own. */
  static boolean isGits(String part) {
    String plain =
        part.replaceAll("[\\u200c-\\u200f\\u202a-\\u202e\\u206a-\\u206f\\ufeff]", "")
            .replaceAll("[. ]+$", "")
            .toLowerCase(Locale.ROOT);
    return plain.equals(".git") || plain.equals("git~1") || plain.startsWith(".git:");
  }
}
