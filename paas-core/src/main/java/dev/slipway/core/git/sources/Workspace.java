package dev.slipway.core.git.sources;

import dev.slipway.core.store.DurableFiles;
import dev.slipway.core.store.Roots;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder on disk for what is being taken in, gone once closed; what a killed daemon left goes at
 * the next start.
 *
 * <pre>
 * LIB/data/slipway/incoming/RANDOM/
 * </pre>
 */
final class Workspace implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Workspace.class);

  private final Path folder;
  private final DurableFiles files;

  private Workspace(Path folder, DurableFiles files) {
    this.folder = folder;
    this.files = files;
  }

  static Workspace make(Roots roots, DurableFiles files) {
    Path parent = parent(roots);
    files.createDirectories(parent);
    try {
      return new Workspace(
          Files.createTempDirectory(
              parent,
              "",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))),
          files);
    } catch (IOException e) {
      throw new UncheckedIOException("making a folder in " + parent, e);
    }
  }

  /** Removes all; for the start, before anything is taken in. */
  static void sweep(Roots roots, DurableFiles files) {
    files.deleteTree(parent(roots));
  }

  /** Whether a folder lies in one of these, hence is nobody else's. */
  static boolean holds(Roots roots, Path folder) {
    return folder.normalize().startsWith(parent(roots));
  }

  private static Path parent(Roots roots) {
    return roots.slipway().resolve("incoming");
  }

  Path file(String name) {
    return folder.resolve(name);
  }

  Path folder(String name) {
    try {
      return Files.createDirectory(folder.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException("making " + name, e);
    }
  }

  @Override
  public void close() {
    try {
      files.deleteTree(folder);
    } catch (RuntimeException e) {
      log.warn("folder not removed path={}", folder, e);
    }
  }
}
