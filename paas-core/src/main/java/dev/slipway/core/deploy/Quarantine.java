package dev.slipway.core.deploy;

import dev.slipway.core.store.DurableFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder for objects that are to become part of a repository if all goes well, named like the one
 * that git makes for a push; whatever is in it is gone once closed. What shall stay has been pinned
 * by then, or taken in by {@link #keep}.
 *
 * <pre>
 * ROOT/APP/objects/tmp_objdir-incoming-RANDOM
 * </pre>
 */
public final class Quarantine implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Quarantine.class);
  private static final String PREFIX = "tmp_objdir-incoming-";
  private static final int BASE = 36;

  private final Path objects;
  private final Path folder;
  private final DurableFiles files;

  private Quarantine(Path objects, Path folder, DurableFiles files) {
    this.objects = objects;
    this.folder = folder;
    this.files = files;
  }

  /** Makes one in a repository. */
  public static Quarantine in(Path repository, DurableFiles files) {
    Path objects = repository.resolve("objects");
    String random = Long.toString(ThreadLocalRandom.current().nextLong(1L << 48), BASE);
    Path folder = objects.resolve(PREFIX + random);
    try {
      Files.createDirectory(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (IOException e) {
      throw new UncheckedIOException("making " + folder, e);
    }
    return new Quarantine(objects, folder, files);
  }

  /** Whether a path that was read from a record can be one of this repository. */
  static boolean isOne(Path repository, Path path) {
    return repository.resolve("objects").equals(path.normalize().getParent())
        && String.valueOf(path.getFileName()).contains("incoming-");
  }

  public Path folder() {
    return folder;
  }

  /** The variables by which git writes here, and reads here and in the repository. */
  public Map<String, String> objects() {
    return Map.of(
        "GIT_OBJECT_DIRECTORY",
        folder.toString(),
        "GIT_ALTERNATE_OBJECT_DIRECTORIES",
        objects.toString());
  }

  /** The same, and the one by which a deploy knows that there is a quarantine. */
  public Map<String, String> variables() {
    Map<String, String> all = new HashMap<>(objects());
    all.put(GitObjects.QUARANTINE, folder.toString());
    return all;
  }

  /** Makes the objects part of the repository. */
  public void keep() {
    ObjectLinks.link(folder, objects);
  }

  @Override
  public void close() {
    try {
      files.deleteTree(folder);
    } catch (RuntimeException e) {
      log.warn("quarantine not removed path={}", folder, e);
    }
  }
}
