package dev.slipway.core.scheduler.local;

import dev.slipway.core.model.AppName;
import dev.slipway.core.store.DurableFiles;
import dev.slipway.core.store.Roots;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What is to go, and when: {@code dead-containers} and {@code dead-images}, lines of {@code APP ID
 * EPOCH}, in the reference's format. Lines that are none are kept as they are. Spec: 04 section
 * 5.7.
 */
final class RetirementQueue {
  private static final Pattern LINE = Pattern.compile("(\\S+) ([0-9a-f]{12,64}) ([0-9]{1,12})");

  private final DurableFiles files;
  private final Path containers;
  private final Path images;

  RetirementQueue(Roots roots, DurableFiles files) {
    this.files = files;
    Path folder = roots.data(LocalSettings.PLUGIN);
    this.containers = folder.resolve("dead-containers");
    this.images = folder.resolve("dead-images");
  }

  /**
   * @param id of a container, or of an image without {@code sha256:}
   */
  record Entry(String app, String id, Instant due) {
    boolean isOf(AppName name) {
      return app.equals(name.value());
    }
  }

  List<Entry> containers() {
    return entries(containers);
  }

  List<Entry> images() {
    return entries(images);
  }

  /** Adds a container unless it is queued already. */
  void addContainer(AppName app, String id, Instant due) {
    add(containers, app, id, due);
  }

  void addImage(AppName app, String id, Instant due) {
    add(images, app, id, due);
  }

  void removeContainer(String id) {
    remove(containers, entry -> entry.id().equals(id));
  }

  void removeImage(String id) {
    remove(images, entry -> entry.id().equals(id));
  }

  /** Whether exactly this container entry is still queued, and not for another time. */
  boolean hasContainer(Entry entry) {
    return containers().contains(entry);
  }

  boolean hasContainer(String id) {
    return containers().stream().anyMatch(entry -> entry.id().equals(id));
  }

  /** Forgets all containers and images of an app. */
  void removeAll(AppName app) {
    remove(containers, entry -> entry.isOf(app));
    remove(images, entry -> entry.isOf(app));
  }

  private void add(Path file, AppName app, String id, Instant due) {
    String line = app + " " + id + " " + due.getEpochSecond();
    files.update(
        file,
        DurableFiles.READABLE,
        text -> text.contains(" " + id + " ") ? text : ended(text) + line + "\n");
  }

  private static String ended(String text) {
    return text.isEmpty() || text.endsWith("\n") ? text : text + "\n";
  }

  private void remove(Path file, Predicate<Entry> gone) {
    if (files.read(file).isEmpty()) {
      return;
    }
    files.update(
        file,
        DurableFiles.READABLE,
        text ->
            text.lines()
                .filter(line -> parse(line).stream().noneMatch(gone))
                .map(line -> line + "\n")
                .collect(Collectors.joining()));
  }

  private List<Entry> entries(Path file) {
    return files.lines(file).stream().flatMap(line -> parse(line).stream()).toList();
  }

  private static List<Entry> parse(String line) {
    var part = LINE.matcher(line.strip());
    return part.matches()
        ? List.of(
            new Entry(
                part.group(1), part.group(2), Instant.ofEpochSecond(Long.parseLong(part.group(3)))))
        : List.of();
  }
}
