package dev.slipway.core.store;

import dev.slipway.core.model.AppName;
import dev.slipway.core.model.Instance;
import dev.slipway.core.model.ProcessType;
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
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The files that say which containers an app is: {@code ROOT/APP/CONTAINER.PROC.N}, and their
 * neighbours {@code IP} and {@code PORT}. What does not have the shape of its kind counts as not
 * there: plugins and people write these files too. Spec: 04 section 2.1.
 */
public final class StateFiles {
  /** By type and then number. */
  public static final Comparator<Instance> ORDER =
      Comparator.comparing(Instance::type).thenComparingInt(Instance::index);

  /** As the names of the files sort, and as people read them: web.10 stands before web.2. */
  public static final Comparator<Instance> LEXICAL = Comparator.comparing(Instance::toString);

  private static final String INSTANCE = "\\.([A-Za-z0-9_-]{1,63})\\.([1-9][0-9]{0,5})";

  /** What a file of an instance says. */
  public enum Kind {
    CONTAINER("[0-9a-f]{12,64}"),
    IP("[0-9]{1,3}(\\.[0-9]{1,3}){3}"),
    PORT("[0-9]{1,5}");

    private final Pattern shape;
    private final Pattern name = Pattern.compile(name() + INSTANCE);

    Kind(String shape) {
      this.shape = Pattern.compile(shape);
    }

    /** Whether a text, without a line end, can stand in such a file. */
    public boolean fits(String text) {
      return shape.matcher(text).matches();
    }

    private Optional<Instance> instance(Path file) {
      var part = name.matcher(String.valueOf(file.getFileName()));
      return part.matches()
          ? Optional.of(
              new Instance(new ProcessType(part.group(1)), Integer.parseInt(part.group(2))))
          : Optional.empty();
    }

    private Path file(Path folder, Instance instance) {
      return folder.resolve(name() + "." + instance);
    }
  }

  private final Roots roots;
  private final DurableFiles files;

  public StateFiles(Roots roots, DurableFiles files) {
    this.roots = roots;
    this.files = files;
  }

  public boolean hasApp(AppName app) {
    return Files.isDirectory(roots.app(app));
  }

  /** What the files of one kind say, in {@link #ORDER}. */
  public SortedMap<Instance, String> all(AppName app, Kind kind) {
    SortedMap<Instance, String> found = new TreeMap<>(ORDER);
    for (Instance instance : instances(app, kind)) {
      value(app, kind, instance).ifPresent(text -> found.put(instance, text));
    }
    return found;
  }

  /** Container ids by instance, in {@link #ORDER}. */
  public SortedMap<Instance, String> containers(AppName app) {
    return all(app, Kind.CONTAINER);
  }

  /** As {@link #containers}, of one type where one is given. */
  public SortedMap<Instance, String> containers(AppName app, Optional<ProcessType> only) {
    SortedMap<Instance, String> found = containers(app);
    only.ifPresent(type -> found.keySet().removeIf(each -> !each.type().equals(type)));
    return found;
  }

  /** All ids that the files of this app name. */
  public Set<String> ids(AppName app) {
    return Set.copyOf(containers(app).values());
  }

  public Optional<String> value(AppName app, Kind kind, Instance instance) {
    return files.read(kind.file(roots.app(app), instance)).map(String::strip).filter(kind::fits);
  }

  /** Names the container of an instance. */
  public void write(AppName app, Instance instance, String id) {
    Path file = Kind.CONTAINER.file(roots.app(app), instance);
    files.write(file, id + "\n", DurableFiles.READABLE);
  }

  /** Notes an address or a port; these files have no line end. */
  public void writeListener(AppName app, Kind kind, Instance instance, String value) {
    files.write(kind.file(roots.app(app), instance), value, DurableFiles.READABLE);
  }

  public void remove(AppName app, Instance instance) {
    delete(app, Kind.CONTAINER, instance);
    removeListener(app, instance);
  }

  /** Removes only address and port, for an instance that has none any more. */
  public void removeListener(AppName app, Instance instance) {
    delete(app, Kind.IP, instance);
    delete(app, Kind.PORT, instance);
  }

  /** Removes all addresses and ports of an app, whatever they say. */
  public void removeListeners(AppName app) {
    for (Kind kind : List.of(Kind.IP, Kind.PORT)) {
      instances(app, kind).forEach(instance -> delete(app, kind, instance));
    }
  }

  /** Removes what releases before process types wrote. */
  public void removeAncient(AppName app) {
    for (Kind kind : Kind.values()) {
      files.delete(roots.app(app).resolve(kind.name()));
    }
  }

  private void delete(AppName app, Kind kind, Instance instance) {
    files.delete(kind.file(roots.app(app), instance));
  }

  private List<Instance> instances(AppName app, Kind kind) {
    if (!hasApp(app)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(roots.app(app))) {
      return entries.flatMap(entry -> kind.instance(entry).stream()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + roots.app(app), e);
    }
  }
}
