package dev.slipway.core.storage;

import dev.slipway.core.call.Call;
import dev.slipway.core.error.UserError;
import dev.slipway.core.model.AppName;
import dev.slipway.core.model.Scope;
import dev.slipway.core.store.PropertyStore;
import dev.slipway.core.store.Roots;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Which entries an app uses, {@code config/storage/APP/mounts}, one JSON object a line. Nothing
 * restarts. Spec: 04 section 9.5.
 */
public final class Mounts {
  static final String KEY = "mounts";

  private final PropertyStore properties;
  private final Entries entries;
  private final Roots roots;

  Mounts(PropertyStore properties, Entries entries, Roots roots) {
    this.properties = properties;
    this.entries = entries;
    this.roots = roots;
  }

  /** An attachment with the entry that it names. */
  record Mount(Entry entry, Attachment attachment) {
    String volume() {
      return attachment.volume(entry);
    }
  }

  /**
   * Mounts {@code HOST:CONTAINER[:OPTIONS]}.
   *
   * @throws UserError if the text is not of that form, or the mount is there already
   */
  public void mountColon(AppName app, String text) {
    ColonForm form = ColonForm.parse(text);
    Attachment wanted = form.attachment();
    update(
        app,
        lines -> {
          if (parsed(lines).anyMatch(wanted::isSamePlace)) {
            throw new UserError("Mount path already exists.");
          }
          if (entries.find(wanted.entryName()).isEmpty()) {
            entries.put(Entry.legacy(form.host()));
          }
          return with(lines, wanted);
        });
  }

  /**
   * Takes a colon-form mount away; its options do not matter.
   *
   * @throws UserError if it is not there
   */
  public void unmountColon(AppName app, String text) {
    ColonForm form = ColonForm.parse(text);
    boolean gone =
        removeIf(
            app,
            each ->
                each.containerPath().equals(form.container())
                    && entries
                        .find(each.entryName())
                        .filter(entry -> entry.hostPath().equals(form.host()))
                        .isPresent());
    if (!gone) {
      throw new UserError("Mount path does not exist.");
    }
  }

  /** How a named entry is to be mounted; texts are empty where a flag was not given. */
  public record Wish(
      String entry,
      String containerPath,
      List<String> phases,
      String processType,
      String subpath,
      boolean readonly,
      String volumeOptions,
      String volumeChown) {}

  /**
   * Mounts a named entry; the same entry at the same place is changed.
   *
   * @throws UserError if there is no such entry, or the wish makes no sense
   */
  public void mountNamed(Call call, AppName app, Wish wish) {
    if (entries.find(wish.entry()).isEmpty()) {
      throw new UserError(
          "storage entry \""
              + wish.entry()
              + "\" does not exist; create it first with `dokku storage:create`");
    }
    Attachment wanted = checked(wish);
    boolean[] there = {false};
    update(
        app,
        lines -> {
          there[0] = parsed(lines).anyMatch(wanted::isSamePlace);
          return with(
              lines.stream().filter(line -> !parse(line).isSamePlace(wanted)).toList(), wanted);
        });
    String mount = "Storage entry " + wish.entry() + (there[0] ? " mount at " : " mounted at ");
    call.out().step(mount + wish.containerPath() + " on " + app + (there[0] ? " updated" : ""));
  }

  private static Attachment checked(Wish wish) {
    if (wish.containerPath().isEmpty()) {
      throw new UserError("--container-dir is required when mounting a named storage entry");
    }
    if (!wish.containerPath().startsWith("/") || !Entry.isPlain(wish.containerPath())) {
      throw new UserError(
          "attachment container path \"" + wish.containerPath() + "\" must be absolute");
    }
    List<String> phases =
        wish.phases().stream().flatMap(each -> Stream.of(each.split(","))).distinct().toList();
    for (String phase : phases) {
      if (!Attachment.ALL_PHASES.contains(phase)) {
        throw new UserError(
            "attachment phase \"" + phase + "\" is not supported (must be \"deploy\" or \"run\")");
      }
    }
    if (phases.isEmpty()) {
      throw new UserError("attachment must specify at least one phase");
    }
    ColonForm.requireOptions(wish.volumeOptions());
    return new Attachment(
        wish.entry(),
        wish.containerPath(),
        phases,
        wish.processType().isEmpty() ? Attachment.DEFAULT_TYPE : wish.processType(),
        wish.subpath(),
        wish.readonly(),
        wish.volumeOptions(),
        wish.volumeChown());
  }

  /**
   * Takes a named entry away.
   *
   * @param path where it is mounted; may be empty if that is only one place
   * @throws UserError if it is not there, or in several places
   */
  public void unmountNamed(AppName app, String entry, String path) {
    List<String> places =
        of(app)
            .map(Mount::attachment)
            .filter(each -> each.entryName().equals(entry))
            .map(Attachment::containerPath)
            .distinct()
            .sorted()
            .toList();
    String intro = "storage entry \"" + entry + "\" is ";
    if (places.isEmpty()) {
      throw new UserError(intro + "not mounted on app \"" + app + "\"");
    }
    if (path.isEmpty() && places.size() > 1) {
      throw new UserError(
          intro
              + "mounted at multiple paths on app \""
              + app
              + "\" ("
              + String.join(", ", places)
              + "); pass --container-dir to disambiguate");
    }
    String place = path.isEmpty() ? places.getFirst() : path;
    if (!removeIf(
        app, each -> each.entryName().equals(entry) && each.containerPath().equals(place))) {
      throw new UserError(intro + "not mounted at \"" + place + "\" on app \"" + app + "\"");
    }
  }

  /** {@code storage:list}: what containers of the app get when they are deployed. */
  public void list(Call call, AppName app, String format) {
    boolean json = Storage.isJson(format, "text");
    List<Mount> sorted =
        in(app, "deploy")
            .sorted(
                Comparator.comparing((Mount each) -> each.entry().name())
                    .thenComparing(each -> each.attachment().containerPath()))
            .toList();
    if (json) {
      var array = StorageJson.array();
      sorted.forEach(each -> array.add(StorageJson.listed(each.entry(), each.attachment())));
      call.out().line(array.toString());
      return;
    }
    call.out().unlessQuiet().step(app + " volume bind-mounts:");
    for (Mount mount : sorted) {
      if (call.quiet()) {
        call.out().line(mount.volume());
      } else {
        call.out().detail(mount.volume());
      }
    }
  }

  /** What the app mounts in a phase, in stored order. */
  Stream<Mount> in(AppName app, String phase) {
    return of(app).filter(each -> each.attachment().isIn(phase));
  }

  /** All that the app mounts; entries that are gone are left out. */
  Stream<Mount> of(AppName app) {
    return parsed(properties.list(Storage.PLUGIN, Scope.of(app), KEY))
        .flatMap(
            attachment ->
                entries.find(attachment.entryName()).stream()
                    .map(entry -> new Mount(entry, attachment)));
  }

  /** The apps that mount an entry, in order. */
  List<String> users(String entry) {
    Path folder = roots.libRoot().resolve("config").resolve(Storage.PLUGIN);
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> apps = Files.list(folder)) {
      return apps.filter(app -> Files.isRegularFile(app.resolve(KEY)))
          .map(app -> AppName.parse(String.valueOf(app.getFileName())))
          .filter(app -> uses(app, entry))
          .sorted()
          .map(AppName::value)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + folder, e);
    }
  }

  private boolean uses(AppName app, String entry) {
    return parsed(properties.list(Storage.PLUGIN, Scope.of(app), KEY))
        .anyMatch(each -> each.entryName().equals(entry));
  }

  private boolean removeIf(AppName app, Predicate<Attachment> unwanted) {
    boolean[] removed = {false};
    update(
        app,
        lines -> {
          List<String> left = lines.stream().filter(line -> !unwanted.test(parse(line))).toList();
          removed[0] = left.size() < lines.size();
          return left;
        });
    return removed[0];
  }

  private void update(AppName app, UnaryOperator<List<String>> change) {
    properties.updateList(Storage.PLUGIN, Scope.of(app), KEY, change);
  }

  private static List<String> with(List<String> lines, Attachment attachment) {
    List<String> all = new ArrayList<>(lines);
    all.add(StorageJson.node(attachment).toString());
    return all;
  }

  private static Stream<Attachment> parsed(List<String> lines) {
    return lines.stream().map(Mounts::parse);
  }

  private static Attachment parse(String line) {
    try {
      return StorageJson.attachment(line);
    } catch (IllegalArgumentException e) {
      throw new UserError("A storage mount cannot be read: " + line);
    }
  }

  /** The first of a report's flags about one attachment, by what it is called there. */
  static Optional<String> field(Mount mount, String name) {
    Attachment each = mount.attachment();
    return Optional.ofNullable(
        switch (name) {
          case "container-path" -> each.containerPath();
          case "entry-name" -> each.entryName();
          case "host-path" -> mount.entry().hostPath();
          case "phases" -> String.join(",", each.phases());
          case "process-type" -> each.processType();
          case "readonly" -> Boolean.toString(each.readonly());
          case "subpath" -> each.subpath();
          case "volume-chown" -> each.volumeChown();
          case "volume-options" -> each.volumeOptions();
          default -> null;
        });
  }
}
