package dev.slipway.core.scheduler.local;

import dev.slipway.core.model.AppName;
import dev.slipway.core.model.Instance;
import dev.slipway.core.model.ProcessType;
import dev.slipway.core.store.DurableFiles;
import dev.slipway.core.store.Roots;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The files that say which containers an app is: {@code ROOT/APP/CONTAINER.PROC.N}, and their
 * neighbours {@code IP} and {@code PORT}. Spec: 04 section 2.1.
 */
final class StateFiles {
  static final Comparator<Instance> ORDER =
      Comparator.comparing(Instance::type).thenComparingInt(Instance::index);

  private static final Pattern NAME =
      Pattern.compile("CONTAINER\\.([A-Za-z0-9_-]{1,63})\\.([1-9][0-9]{0,5})");
  private static final Pattern ID = Pattern.compile("[0-9a-f]{12,64}");
  private static final List<String> KINDS = List.of("CONTAINER", "IP", "PORT");

  private final Roots roots;
  private final DurableFiles files;

  StateFiles(Roots roots, DurableFiles files) {
    this.roots = roots;
    this.files = files;
  }

  boolean hasApp(AppName app) {
    return Files.isDirectory(roots.app(app));
  }

  /** Container ids by instance, by type and then number. Files without an id are left out. */
  SortedMap<Instance, String> containers(AppName app) {
    SortedMap<Instance, String> found = new TreeMap<>(ORDER);
    for (String name : names(app)) {
      Matcher part = NAME.matcher(name);
      if (part.matches()) {
        Instance instance =
            new Instance(new ProcessType(part.group(1)), Integer.parseInt(part.group(2)));
        id(app, name).ifPresent(id -> found.put(instance, id));
      }
    }
    return found;
  }

  /** As {@link #containers}, of one type where one is given. */
  SortedMap<Instance, String> containers(AppName app, Optional<ProcessType> only) {
    SortedMap<Instance, String> found = containers(app);
    only.ifPresent(type -> found.keySet().removeIf(each -> !each.type().equals(type)));
    return found;
  }

  /** All ids that the files of this app name. */
  Set<String> ids(AppName app) {
    return containers(app).values().stream().collect(Collectors.toSet());
  }

  void write(AppName app, Instance instance, String id) {
    files.write(roots.app(app).resolve("CONTAINER." + instance), id + "\n", DurableFiles.READABLE);
  }

  void remove(AppName app, Instance instance) {
    KINDS.forEach(kind -> files.delete(roots.app(app).resolve(kind + "." + instance)));
  }

  /** Removes only address and port, for an instance that has none any more. */
  void removeListener(AppName app, Instance instance) {
    files.delete(roots.app(app).resolve("IP." + instance));
    files.delete(roots.app(app).resolve("PORT." + instance));
  }

  Optional<String> address(AppName app, Instance instance) {
    return files.read(roots.app(app).resolve("IP." + instance)).map(String::strip);
  }

  Optional<String> port(AppName app, Instance instance) {
    return files.read(roots.app(app).resolve("PORT." + instance)).map(String::strip);
  }

  /** Removes what releases before process types wrote. */
  void removeAncient(AppName app) {
    KINDS.forEach(kind -> files.delete(roots.app(app).resolve(kind)));
  }

  private Optional<String> id(AppName app, String name) {
    return files
        .read(roots.app(app).resolve(name))
        .map(String::strip)
        .filter(text -> ID.matcher(text).matches());
  }

  private List<String> names(AppName app) {
    Path folder = roots.app(app);
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.map(entry -> String.valueOf(entry.getFileName())).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + folder, e);
    }
  }
}
