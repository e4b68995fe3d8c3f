package dev.slipway.core.domains;

import dev.slipway.core.model.AppName;
import dev.slipway.core.store.DurableFiles;
import dev.slipway.core.store.Roots;
import dev.slipway.core.store.Undo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The two kinds of {@code VHOST} files: one name a line, in order of insertion. Lines are given as
 * they are, since administrators and plugins write these files too. Spec: 02 section 2.1.
 */
final class DomainFiles {
  private final Roots roots;
  private final DurableFiles files;

  DomainFiles(Roots roots, DurableFiles files) {
    this.roots = roots;
    this.files = files;
  }

  List<String> ofApp(AppName app) {
    return lines(files.read(file(app)).orElse(""));
  }

  List<String> global() {
    return lines(files.read(globalFile()).orElse(""));
  }

  boolean exists(AppName app) {
    return Files.exists(file(app));
  }

  boolean globalExists() {
    return Files.exists(globalFile());
  }

  /** Changes an app's file under its mutex; the old state comes back unless it is forgotten. */
  Undo change(AppName app, UnaryOperator<List<String>> change) {
    Path file = file(app);
    Optional<String> before = files.read(file);
    files.update(file, DurableFiles.READABLE, text -> text(change.apply(lines(text))));
    return undo(file, before);
  }

  Undo delete(AppName app) {
    Path file = file(app);
    Optional<String> before = files.read(file);
    files.delete(file);
    return undo(file, before);
  }

  void changeGlobal(UnaryOperator<List<String>> change) {
    files.update(globalFile(), DurableFiles.READABLE, text -> text(change.apply(lines(text))));
  }

  /** Whether an app besides this one has the domain in its file. */
  boolean isElsewhere(AppName app, String domain) {
    try (DirectoryStream<Path> all =
        Files.newDirectoryStream(roots.dokkuRoot(), Files::isDirectory)) {
      for (Path folder : all) {
        if (!folder.equals(roots.app(app))
            && files.lines(folder.resolve("VHOST")).stream().anyMatch(domain::equalsIgnoreCase)) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + roots.dokkuRoot(), e);
    }
  }

  private Undo undo(Path file, Optional<String> before) {
    return Undo.of(
        () ->
            before.ifPresentOrElse(
                text -> files.write(file, text, DurableFiles.READABLE), () -> files.delete(file)));
  }

  private Path file(AppName app) {
    return roots.app(app).resolve("VHOST");
  }

  private Path globalFile() {
    return roots.dokkuRoot().resolve("VHOST");
  }

  private static List<String> lines(String text) {
    return new ArrayList<>(
        text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList());
  }

  private static String text(List<String> lines) {
    return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
  }
}
