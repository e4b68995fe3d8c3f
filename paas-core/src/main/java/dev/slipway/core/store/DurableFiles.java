package dev.slipway.core.store;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.slipway.core.text.ExactText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Files that are replaced whole: written aside, synced, renamed, with owner and mode set before the
 * rename. A reader sees the old content or the new one, also after a power loss. When run as root,
 * what is written belongs to the system user. What was written, moved or removed stays so after a
 * power loss: the folder is synced as well. Safe for use by many threads; {@link #update} holds the
 * file's mutex around one read-modify-write, and every other change of a file waits for it.
 */
public final class DurableFiles {
  public static final String PRIVATE = "rw-------";
  public static final String READABLE = "rw-r--r--";
  public static final String DIRECTORY = "rwxr-xr-x";

  private static final int STRIPES = 64;
  private static final int MOST_REMOVALS = 20;

  private final String user;
  private final String group;
  private final boolean chown;
  private final ReentrantLock[] mutexes = new ReentrantLock[STRIPES];

  public DurableFiles(Roots roots) {
    this.user = roots.systemUser();
    this.group = roots.systemGroup();
    this.chown = "root".equals(System.getProperty("user.name"));
    for (int i = 0; i < STRIPES; i++) {
      mutexes[i] = new ReentrantLock();
    }
  }

  /**
   * The content, or nothing if there is no such file. Bytes that are not UTF-8 are kept as {@link
   * ExactText} does.
   */
  public Optional<String> read(Path file) {
    try {
      return Optional.of(ExactText.decode(Files.readAllBytes(file)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + file, e);
    }
  }

  /** The lines, or none if there is no such file; blank lines are left out. */
  public List<String> lines(Path file) {
    return read(file)
        .map(text -> text.lines().filter(line -> !line.isBlank()).toList())
        .orElse(List.of());
  }

  /**
   * Replaces the file; missing parent folders are made. A symbolic link is followed, so that the
   * link stays.
   */
  public void write(Path file, String content, String mode) {
    write(file, ExactText.encode(content), mode);
  }

  public void write(Path file, byte[] content, String mode) {
    try (Mutex _ = lock(file)) {
      writeNow(file, content, mode);
    }
  }

  private void writeNow(Path file, byte[] content, String mode) {
    Path target = resolved(file);
    Path folder = parent(target);
    createDirectories(folder);
    Path aside = AsideFiles.beside(target);
    try {
      try (FileChannel channel =
          FileChannel.open(
              aside,
              Set.of(CREATE_NEW, WRITE),
              PosixFilePermissions.asFileAttribute(permissions(mode)))) {
        ByteBuffer buffer = ByteBuffer.wrap(content);
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
        own(aside, mode);
        channel.force(true);
      }
      Files.move(aside, target, ATOMIC_MOVE, REPLACE_EXISTING);
      sync(folder);
    } catch (IOException e) {
      deleteQuietly(aside, e);
      throw new UncheckedIOException("writing " + target, e);
    }
  }

  /**
   * One read-modify-write under the file's mutex. {@code change} gets the content, empty if there
   * is no file; no lock, trigger or engine call in it.
   */
  public void update(Path file, String mode, UnaryOperator<String> change) {
    updateOrDelete(file, mode, before -> Optional.of(change.apply(before)));
  }

  /** As {@link #update}; no content removes the file. */
  public void updateOrDelete(Path file, String mode, Function<String, Optional<String>> change) {
    try (Mutex _ = lock(file)) {
      Optional<String> before = read(file);
      Optional<String> after = change.apply(before.orElse(""));
      if (after.isEmpty()) {
        delete(file);
      } else if (!after.equals(before)) {
        write(file, after.get(), mode);
      }
    }
  }

  private interface Mutex extends AutoCloseable {
    @Override
    void close();
  }

  private Mutex lock(Path file) {
    ReentrantLock mutex = mutexes[Math.floorMod(file.toAbsolutePath().hashCode(), STRIPES)];
    mutex.lock();
    return mutex::unlock;
  }

  /** Removes the file; it is fine if there is none. */
  public void delete(Path file) {
    try (Mutex _ = lock(file)) {
      if (Files.deleteIfExists(file)) {
        sync(parent(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("removing " + file, e);
    }
  }

  /** Puts a file in place of another, in the same file system. */
  public void move(Path file, Path target) {
    try {
      Files.move(file, target, ATOMIC_MOVE, REPLACE_EXISTING);
      sync(parent(target));
      if (!parent(file).equals(parent(target))) {
        sync(parent(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("putting " + file + " in place of " + target, e);
    }
  }

  /**
   * Removes a folder with all it holds, symbolic links not followed; it is fine if there is none.
   * Another process may be writing to it until it notices.
   */
  public void deleteTree(Path folder) {
    for (int attempt = 1; Files.exists(folder, LinkOption.NOFOLLOW_LINKS); attempt++) {
      try {
        Files.walkFileTree(folder, new Removal());
        sync(parent(folder));
      } catch (IOException e) {
        boolean filledAgain = e instanceof DirectoryNotEmptyException;
        if (!filledAgain || attempt == MOST_REMOVALS) {
          throw new UncheckedIOException("removing " + folder, e);
        }
      }
    }
  }

  /** What others remove meanwhile is fine. */
  private static final class Removal extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.deleteIfExists(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
      if (failure instanceof NoSuchFileException) {
        return FileVisitResult.CONTINUE;
      }
      throw failure;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
        throws IOException {
      if (failure != null) {
        throw failure;
      }
      Files.deleteIfExists(folder);
      return FileVisitResult.CONTINUE;
    }
  }

  /** Removes the folder if it is there and holds nothing. */
  public void deleteIfEmpty(Path folder) {
    try {
      Files.deleteIfExists(folder);
    } catch (DirectoryNotEmptyException stays) {
      return;
    } catch (IOException e) {
      throw new UncheckedIOException("removing " + folder, e);
    }
  }

  /** Makes the folder and its missing parents, mode 0755, owned by the system user. */
  public void createDirectories(Path folder) {
    if (Files.isDirectory(folder)) {
      return;
    }
    createDirectories(parent(folder));
    try {
      Files.createDirectory(folder);
      own(folder, DIRECTORY);
      sync(parent(folder));
    } catch (IOException e) {
      if (!Files.isDirectory(folder)) {
        throw new UncheckedIOException("making " + folder, e);
      }
    }
  }

  /** Gives a file that somebody else wrote to the system user, with this mode. */
  public void own(Path path, String mode) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
    if (chown) {
      UserPrincipalLookupService users = FileSystems.getDefault().getUserPrincipalLookupService();
      view.setOwner(users.lookupPrincipalByName(user));
      view.setGroup(users.lookupPrincipalByGroupName(group));
    }
    view.setPermissions(permissions(mode));
  }

  private static Set<PosixFilePermission> permissions(String mode) {
    return PosixFilePermissions.fromString(mode);
  }

  private static Path resolved(Path file) {
    try {
      return Files.isSymbolicLink(file) ? file.toRealPath() : file.toAbsolutePath();
    } catch (IOException e) {
      throw new UncheckedIOException("following " + file, e);
    }
  }

  private static Path parent(Path path) {
    Path parent = path.toAbsolutePath().getParent();
    if (parent == null) {
      throw new IllegalArgumentException("no parent: " + path);
    }
    return parent;
  }

  /** Makes what a folder lists, or a file holds, survive a power loss. */
  public static void sync(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, READ)) {
      channel.force(true);
    } catch (NoSuchFileException gone) {
      return; // somebody removed it meanwhile, and syncs that
    }
  }

  private static void deleteQuietly(Path file, IOException cause) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }
}
