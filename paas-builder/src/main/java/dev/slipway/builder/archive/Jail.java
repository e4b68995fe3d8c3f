package dev.slipway.builder.archive;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.slipway.core.git.sources.RejectedArchive;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The folder that an archive is unpacked into. While files are written there is not one symbolic
 * link in it: those are made last, so no name can lead through one.
 */
final class Jail {
  private static final int BLOCK = 1 << 16;
  private static final int MOST_PARTS = 256;

  private final Path root;
  private final int strip;
  private final long most;
  private final Map<Path, String> symlinks = new LinkedHashMap<>();
  private long written;

  /**
   * @param most how many bytes may be written altogether
   */
  Jail(Path root, int strip, long most) throws IOException {
    this.root = root.toRealPath();
    this.strip = strip;
    this.most = most;
  }

  /** Puts one entry in its place; a later one of the same name replaces it. */
  void put(Entry entry, EntryReader reader) throws IOException {
    Optional<Path> place = place(entry.name());
    if (place.isEmpty()) {
      return;
    }
    Path path = place.get();
    switch (entry.kind()) {
      case FOLDER -> makeFolder(path);
      case FILE -> {
        clear(path);
        try (InputStream content = unclosed(reader)) {
          write(content, path, entry.executable());
        }
      }
      case HARD_LINK -> copy(entry, path);
      case SYMBOLIC_LINK -> {
        clear(path);
        symlinks.put(path, entry.target());
      }
      case OTHER -> throw new IllegalStateException("not refused: " + entry);
    }
  }

  /** A tar stream goes on behind the entry, so it stays open. */
  private static InputStream unclosed(EntryReader reader) throws IOException {
    InputStream content = reader.content();
    return reader instanceof TarReader
        ? new java.io.FilterInputStream(content) {
          @Override
          public void close() {}
        }
        : content;
  }

  /** Where an entry goes; nowhere if nothing is left of its name, or it is git's. */
  private Optional<Path> place(String name) {
    List<String> parts = Arrays.stream(name.split("/")).filter(part -> !part.isEmpty()).toList();
    List<String> kept = parts.stream().skip(strip).filter(part -> !part.equals(".")).toList();
    if (kept.isEmpty() || kept.stream().anyMatch(EntryRules::isGits)) {
      return Optional.empty();
    }
    if (kept.size() > MOST_PARTS) {
      throw new RejectedArchive("rejected_unsafe_name", "Archive contains folders nested too deep");
    }
    Path path = root;
    for (String part : kept) {
      path = path.resolve(part);
    }
    if (!path.normalize().equals(path) || !path.startsWith(root)) {
      throw new RejectedArchive(
          "rejected_path_traversal", "Archive contains entries with parent directory traversal");
    }
    return Optional.of(path);
  }

  private void makeFolder(Path folder) throws IOException {
    if (folder.equals(root) || Files.isDirectory(folder, NOFOLLOW_LINKS)) {
      return;
    }
    Path parent = folder.getParent();
    makeFolder(parent == null ? root : parent);
    symlinks.remove(folder);
    Files.deleteIfExists(folder);
    Files.createDirectory(folder);
  }

  /** Makes room for an entry; a folder that is not empty stays and makes that fail. */
  private void clear(Path path) throws IOException {
    Path parent = path.getParent();
    makeFolder(parent == null ? root : parent);
    symlinks.remove(path);
    Files.deleteIfExists(path);
  }

  private void write(InputStream content, Path path, boolean executable) throws IOException {
    byte[] buffer = new byte[BLOCK];
    try (OutputStream out = Files.newOutputStream(path, CREATE_NEW, WRITE, NOFOLLOW_LINKS)) {
      for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
        written += n;
        if (written > most) {
          throw RejectedArchive.tooLarge(most);
        }
        out.write(buffer, 0, n);
      }
    }
    Files.setPosixFilePermissions(
        path, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
  }

  /** A hard link becomes a copy of a file that came before it. */
  private void copy(Entry entry, Path path) throws IOException {
    Optional<Path> source = place(entry.target());
    if (source.isEmpty() || !Files.isRegularFile(source.get(), NOFOLLOW_LINKS)) {
      throw new RejectedArchive(
          "rejected_unsafe_link", "Archive contains hard links to files that are not in it");
    }
    if (source.get().equals(path)) {
      return;
    }
    boolean executable = Files.isExecutable(source.get());
    clear(path);
    try (InputStream content = Files.newInputStream(source.get(), NOFOLLOW_LINKS)) {
      write(content, path, executable);
    }
  }

  /** Makes the symbolic links, and sees that each leads to something inside. */
  void finish() throws IOException {
    for (Map.Entry<Path, String> link : symlinks.entrySet()) {
      Files.createSymbolicLink(link.getKey(), Path.of(link.getValue()));
    }
    for (Path link : symlinks.keySet()) {
      if (!leadsInside(link)) {
        throw new RejectedArchive(
            "rejected_extracted_symlink",
            "Archive contains symlinks pointing outside extraction directory");
      }
    }
  }

  private boolean leadsInside(Path link) {
    try {
      return link.toRealPath().startsWith(root);
    } catch (IOException nowhere) {
      return false;
    }
  }
}
