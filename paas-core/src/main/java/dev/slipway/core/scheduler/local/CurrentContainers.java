package dev.slipway.core.scheduler.local;

import dev.slipway.core.model.AppName;
import dev.slipway.core.store.DurableFiles;
import dev.slipway.core.store.Roots;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The containers that an app's files name, in the order of the files' names, in which people choose
 * and read them: {@code web.10} stands before {@code web.2}.
 */
final class CurrentContainers {
  private static final Pattern NAME =
      Pattern.compile("CONTAINER\\.([A-Za-z0-9_-]{1,63}\\.[1-9][0-9]*)");

  private final Roots roots;
  private final DurableFiles files;

  CurrentContainers(Roots roots, DurableFiles files) {
    this.roots = roots;
    this.files = files;
  }

  /** Ids by instance name ({@code web.1}). */
  SortedMap<String, String> of(AppName app) {
    SortedMap<String, String> found = new TreeMap<>();
    Path folder = roots.app(app);
    if (!Files.isDirectory(folder)) {
      return found;
    }
    try (Stream<Path> entries = Files.list(folder)) {
      for (Path file : entries.toList()) {
        Matcher name = NAME.matcher(String.valueOf(file.getFileName()));
        Optional<String> id = name.matches() ? files.read(file) : Optional.empty();
        id.map(String::strip)
            .filter(text -> !text.isEmpty())
            .ifPresent(text -> found.put(name.group(1), text));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + folder, e);
    }
    return found;
  }

  /** {@code web} of {@code web.1}. */
  static String type(String instance) {
    return instance.substring(0, instance.lastIndexOf('.'));
  }
}
