package dev.slipway.core.source;

import dev.slipway.core.model.AppName;
import dev.slipway.core.store.DurableFiles;
import dev.slipway.core.store.Roots;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A file that shapes a deploy and comes into force with it. Spec: 03 sections 7.1 and 8.1.
 *
 * <pre>
 * LIB/data/PLUGIN/APP/NAME              in force
 * LIB/data/PLUGIN/APP/NAME.PID          of the deploy that DOKKU_PID names
 * LIB/data/PLUGIN/APP/NAME.PID.missing  that deploy has none
 * </pre>
 */
public final class StagedFile {
  private final Roots roots;
  private final DurableFiles files;
  private final String plugin;
  private final String name;

  public StagedFile(Roots roots, DurableFiles files, String plugin, String name) {
    this.roots = roots;
    this.files = files;
    this.plugin = plugin;
    this.name = name;
  }

  /** Puts aside what a deploy brings; empty marks that it brings none. Former leftovers go. */
  public Path stage(AppName app, String pid, Optional<byte[]> content) {
    discardAll(app);
    Path file = staged(app, pid);
    if (content.isPresent()) {
      files.write(file, content.get(), DurableFiles.READABLE);
    } else {
      files.write(missing(app, pid), "", DurableFiles.READABLE);
    }
    return file;
  }

  /** What a deploy reads: its own file where it has staged one, else the one in force. */
  public Optional<String> read(AppName app, String pid) {
    if (Files.exists(missing(app, pid))) {
      return Optional.empty();
    }
    return files.read(staged(app, pid)).or(() -> files.read(inForce(app)));
  }

  /** Puts what a deploy staged into force; does nothing if it staged nothing. */
  public void promote(AppName app, String pid) {
    if (Files.exists(missing(app, pid))) {
      files.delete(inForce(app));
      files.delete(missing(app, pid));
    } else if (Files.exists(staged(app, pid))) {
      files.move(staged(app, pid), inForce(app));
    }
  }

  /** Drops what a deploy staged. */
  public void discard(AppName app, String pid) {
    files.delete(staged(app, pid));
    files.delete(missing(app, pid));
  }

  /** Removes all, with the app. */
  public void destroy(AppName app) {
    discardAll(app);
    files.delete(inForce(app));
  }

  private void discardAll(AppName app) {
    Path folder = roots.data(plugin, app);
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> entries = Files.list(folder)) {
      entries
          .filter(each -> String.valueOf(each.getFileName()).startsWith(name + "."))
          .forEach(files::delete);
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + folder, e);
    }
  }

  private Path inForce(AppName app) {
    return roots.data(plugin, app).resolve(name);
  }

  private Path staged(AppName app, String pid) {
    return roots.data(plugin, app).resolve(name + "." + pid);
  }

  private Path missing(AppName app, String pid) {
    return roots.data(plugin, app).resolve(name + "." + pid + ".missing");
  }
}
