package dev.slipway.core.deploy;

import dev.slipway.core.store.DurableFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The directory that one build's source is unpacked into; gone once closed. */
final class WorkDirectory implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(WorkDirectory.class);
  private static final String NAME = "git_build_app_repo";
  private static final int BASE = 36;

  private final Path path;
  private final DurableFiles files;

  private WorkDirectory(Path path, DurableFiles files) {
    this.path = path;
    this.files = files;
  }

  /** Chooses a name; nothing is made yet, so that the name can be put on record first. */
  static WorkDirectory named(Path parent, String pid, DurableFiles files) {
    String random = Long.toString(ThreadLocalRandom.current().nextLong(1L << 48), BASE);
    return new WorkDirectory(parent.resolve("dokku-" + pid + "-" + NAME + "." + random), files);
  }

  /** Whether a path that was read from a record can be one of these. */
  static boolean isOne(Path path) {
    return path.isAbsolute()
        && path.equals(path.normalize())
        && String.valueOf(path.getFileName()).matches("dokku-.*-" + NAME + "\\.[a-z0-9]+");
  }

  Path path() {
    return path;
  }

  void create() {
    try {
      Files.createDirectory(
          path,
          PosixFilePermissions.asFileAttribute(
              PosixFilePermissions.fromString(DurableFiles.DIRECTORY)));
    } catch (IOException e) {
      throw new UncheckedIOException("making " + path, e);
    }
  }

  /** What stays is no reason to refuse a deploy that may serve by now. */
  @Override
  public void close() {
    try {
      files.deleteTree(path);
    } catch (RuntimeException e) {
      log.warn("build directory not removed path={}", path, e);
    }
  }
}
