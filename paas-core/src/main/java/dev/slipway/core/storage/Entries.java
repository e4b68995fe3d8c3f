package dev.slipway.core.storage;

import dev.slipway.core.error.UserError;
import dev.slipway.core.store.DurableFiles;
import dev.slipway.core.store.Roots;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The entries on disk, {@code data/storage-registry/entries/NAME.json}. */
final class Entries {
  private static final String SUFFIX = ".json";

  private final Path folder;
  private final DurableFiles files;

  Entries(Roots roots, DurableFiles files) {
    this.folder = roots.data("storage-registry").resolve("entries");
    this.files = files;
  }

  /**
   * @throws UserError if its file is broken
   */
  Optional<Entry> find(String name) {
    if (name.isEmpty() || name.startsWith(".") || name.contains("/")) {
      return Optional.empty();
    }
    Path file = folder.resolve(name + SUFFIX);
    return files.read(file).map(text -> read(file, text));
  }

  private static Entry read(Path file, String text) {
    try {
      return StorageJson.entry(text);
    } catch (IllegalArgumentException e) {
      throw new UserError("The storage entry in " + file + " cannot be read: " + e.getMessage());
    }
  }

  List<Entry> all() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.endsWith(SUFFIX))
          .sorted()
          .flatMap(name -> find(name.substring(0, name.length() - SUFFIX.length())).stream())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + folder, e);
    }
  }

  void put(Entry entry) {
    files.createDirectories(folder);
    files.write(
        folder.resolve(entry.name() + SUFFIX),
        StorageJson.indented(StorageJson.node(entry)),
        DurableFiles.PRIVATE);
  }

  void remove(String name) {
    files.delete(folder.resolve(name + SUFFIX));
  }
}
