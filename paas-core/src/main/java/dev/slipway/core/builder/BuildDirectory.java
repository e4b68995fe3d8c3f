package dev.slipway.core.builder;

import dev.slipway.core.error.UserError;
import dev.slipway.core.source.SourceTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Reduces a source tree to one of its folders. Spec: 03 section 4.1. */
final class BuildDirectory {
  private final SourceTree tree;

  BuildDirectory(SourceTree tree) {
    this.tree = tree;
  }

  /**
   * Replaces what is in the tree by what is in the folder.
   *
   * @throws UserError if there is no such folder
   */
  void become(String folder) {
    Path wanted =
        tree.locate(folder)
            .filter(Files::isDirectory)
            .orElseThrow(
                () ->
                    new UserError(
                        "Specified build-dir not found in sourcecode working directory: "
                            + folder));
    Path root = tree.directory();
    try {
      if (wanted.equals(root.toRealPath())) {
        return;
      }
      Path aside = Files.createTempDirectory(root, ".build-dir-");
      Path kept = Files.move(wanted, aside.resolve("kept"));
      for (Path other : children(root)) {
        if (!other.equals(aside)) {
          delete(other);
        }
      }
      for (Path each : children(kept)) {
        Files.move(each, root.resolve(String.valueOf(each.getFileName())));
      }
      delete(aside);
    } catch (IOException e) {
      throw new UncheckedIOException("moving " + folder, e);
    }
  }

  private static List<Path> children(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.toList();
    }
  }

  private static void delete(Path path) throws IOException {
    if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      Files.delete(path);
      return;
    }
    try (Stream<Path> all = Files.walk(path)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}
