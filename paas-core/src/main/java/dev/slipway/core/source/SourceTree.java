package dev.slipway.core.source;

import dev.slipway.core.error.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * The directory that a revision was unpacked into. Everything in it was chosen by whoever pushed,
 * so a path that leads out of it, by its name or through a symbolic link, is refused.
 */
public final class SourceTree {
  private final Path directory;

  public SourceTree(Path directory) {
    this.directory = directory;
  }

  public Path directory() {
    return directory;
  }

  /** The property form of a path: without blanks and slashes around it. */
  public static String trimmed(String path) {
    return path.strip().replaceAll("^/+|/+$", "");
  }

  /** Whether there is a regular file at this relative path. */
  public boolean hasFile(String relative) {
    return locate(relative).filter(Files::isRegularFile).isPresent();
  }

  /**
   * The file's bytes, or nothing if there is no regular file.
   *
   * @throws UserError if it is larger than {@code limit} bytes or lies outside the tree
   */
  public Optional<byte[]> read(String relative, int limit) {
    Optional<Path> file = locate(relative).filter(Files::isRegularFile);
    if (file.isEmpty()) {
      return Optional.empty();
    }
    try (InputStream in = Files.newInputStream(file.get())) {
      byte[] content = in.readNBytes(limit + 1);
      if (content.length > limit) {
        throw new UserError(relative + " is larger than " + limit + " bytes");
      }
      return Optional.of(content);
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + relative, e);
    }
  }

  /** Writes a file at the top of the tree; a link of that name is replaced, not followed. */
  public void write(String name, byte[] content) {
    Path file = directory.resolve(name);
    try {
      Files.deleteIfExists(file);
      Files.write(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException("writing " + name, e);
    }
  }

  /** Removes a file at the top of the tree; it is fine if there is none. */
  public void delete(String name) {
    try {
      Files.deleteIfExists(directory.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException("removing " + name, e);
    }
  }

  /** Moves a file inside the tree over another one. */
  public void move(String from, String to) {
    try {
      Files.move(
          directory.resolve(from), directory.resolve(to), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("moving " + from, e);
    }
  }

  /**
   * The real path of what is there; nothing if there is nothing.
   *
   * @throws UserError if it lies outside the tree
   */
  public Optional<Path> locate(String relative) {
    try {
      Path root = directory.toRealPath();
      Path wanted = directory.resolve(relative).normalize();
      if (!wanted.startsWith(directory.normalize())) {
        throw outside(relative);
      }
      if (!Files.exists(wanted)) {
        return Optional.empty();
      }
      Path real = wanted.toRealPath();
      if (!real.startsWith(root)) {
        throw outside(relative);
      }
      return Optional.of(real);
    } catch (InvalidPathException e) {
      throw outside(relative);
    } catch (IOException e) {
      throw new UncheckedIOException("finding " + relative, e);
    }
  }

  private static UserError outside(String relative) {
    return new UserError("Path leads out of the source code: " + relative);
  }
}
