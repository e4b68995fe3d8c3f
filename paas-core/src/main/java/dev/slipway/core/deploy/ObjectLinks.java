package dev.slipway.core.deploy;

import dev.slipway.core.store.DurableFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** Brings git's objects and packs from one folder into another as hard links. */
final class ObjectLinks {
  /** Git's mark that a pack of a push under way must stay; it would never go again. */
  private static final String KEEP = ".keep";

  private ObjectLinks() {}

  static void link(Path from, Path to) {
    try {
      Files.walkFileTree(
          from,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
                throws IOException {
              Files.createDirectories(to.resolve(from.relativize(folder)));
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
                throws IOException {
              DurableFiles.sync(to.resolve(from.relativize(folder)));
              return super.postVisitDirectory(folder, failure);
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              if (!file.toString().endsWith(KEEP)) {
                linkOne(file, to.resolve(from.relativize(file)));
              }
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException("linking the objects of " + from, e);
    }
  }

  /** Git itself does not sync single objects. */
  private static void linkOne(Path file, Path target) throws IOException {
    DurableFiles.sync(file);
    try {
      Files.createLink(target, file);
    } catch (FileAlreadyExistsException same) {
      // git names objects and packs by their content
      return;
    }
  }
}
