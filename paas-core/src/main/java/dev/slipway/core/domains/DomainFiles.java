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
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
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
    return replace(file(app), text -> Optional.of(text(change.apply(lines(text)))));
  }

  Undo delete(AppName app) {
    return replace(file(app), text -> Optional.empty());
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

  /** What somebody else has changed since then is not taken back. */
  private Undo replace(Path file, Function<String, Optional<String>> change) {
    AtomicReference<Optional<String>> before = new AtomicReference<>(Optional.empty());
    AtomicReference<Optional<String>> after = new AtomicReference<>(Optional.empty());
    files.updateOrDelete(
        file,
        DurableFiles.READABLE,
        text -> {
          before.set(files.read(file));
          after.set(change.apply(text));
          return after.get();
        });
    return Undo.of(
        () ->
            files.updateOrDelete(
                file,
                DurableFiles.READABLE,
                text -> {
                  Optional<String> now = files.read(file);
                  return now.equals(after.get()) ? before.get() : now;
                }));
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
