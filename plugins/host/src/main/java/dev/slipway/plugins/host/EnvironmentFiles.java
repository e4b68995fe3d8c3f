package dev.slipway.plugins.host;

import dev.slipway.core.error.UserError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The host's bash files: {@code /etc/default/dokku}, {@code ROOT/dokkurc}, {@code ROOT/.dokkurc/*}.
 * Evaluated once, and again when one was changed, added or removed. Spec: 01 section 1.2.
 */
final class EnvironmentFiles {
  private final Path defaults;
  private final Path single;
  private final Path folder;
  private final BashEvaluation evaluation;
  private final WhileUnchanged<EnvironmentChanges> changes = new WhileUnchanged<>();

  EnvironmentFiles(Path defaults, Path root, BashEvaluation evaluation) {
    this.defaults = defaults;
    this.single = root.resolve("dokkurc");
    this.folder = root.resolve(".dokkurc");
    this.evaluation = evaluation;
  }

  /**
   * @throws UserError if a file below ROOT exists but cannot be read; an unreadable {@code
   *     /etc/default/dokku} is passed over, as the spec says
   * @throws dev.slipway.core.error.ToolFailure if bash could not evaluate them to the end
   */
  EnvironmentChanges changes() {
    List<Path> files = files();
    List<FileStamp> stamps = files.stream().map(FileStamp::of).toList();
    if (files.isEmpty()) {
      return EnvironmentChanges.NONE;
    }
    return changes.get(stamps, () -> evaluation.of(files));
  }

  private List<Path> files() {
    List<Path> files = new ArrayList<>();
    if (Files.isRegularFile(defaults) && Files.isReadable(defaults)) {
      files.add(defaults);
    }
    if (Files.isRegularFile(single)) {
      files.add(readable(single));
    }
    for (Path each : inFolder()) {
      if (!Files.isDirectory(each)) {
        files.add(readable(each));
      }
    }
    return files;
  }

  private List<Path> inFolder() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(entry -> !String.valueOf(entry.getFileName()).startsWith("."))
          .sorted(ByteOrder.OF_PATHS)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + folder, e);
    }
  }

  private static Path readable(Path file) {
    if (!Files.isReadable(file)) {
      throw UserError.plain("Unable to read " + file + " for sourcing", 1);
    }
    return file;
  }
}
