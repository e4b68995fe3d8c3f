package dev.slipway.core.builds;

import dev.slipway.core.error.UserError;
import dev.slipway.core.model.AppName;
import dev.slipway.core.model.Scope;
import dev.slipway.core.store.DurableFiles;
import dev.slipway.core.store.PropertyStore;
import dev.slipway.core.store.Roots;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Build records on disk, {@code LIB/data/builds/APP/ID.json} beside {@code ID.log}. A record that
 * says it runs is believed only while its process lives; one of this process, only while this
 * object knows of it. Safe for use by many threads.
 */
public final class BuildRecords {
  static final String PLUGIN = "builds";
  private static final int CUT_OFF = -1;

  /** The kernel tells the start of a process no more exactly. */
  private static final Duration CLOCK_TICK = Duration.ofSeconds(1);

  private final Roots roots;
  private final DurableFiles files;
  private final PropertyStore properties;
  private final Clock clock;
  private final RunningBuilds running = new RunningBuilds();

  public BuildRecords(Roots roots, DurableFiles files, PropertyStore properties, Clock clock) {
    this.roots = roots;
    this.files = files;
    this.properties = properties;
    this.clock = clock;
  }

  /** What runs in this process. */
  RunningBuilds running() {
    return running;
  }

  String nextId() {
    return BuildId.next(clock.instant());
  }

  void start(AppName app, String id, long pid, String source) {
    write(app, BuildRecord.running(id, app.value(), pid, source, clock.instant()));
  }

  /**
   * Ends a record that still runs, then removes what is beyond the retention. A failure of a build
   * that was cancelled is its cancellation.
   */
  void end(AppName app, String id, int exit) {
    boolean cancelled =
        exit != 0 && running.find(id).filter(each -> each.operation().isCancelled()).isPresent();
    endIfRunning(app, id, record -> ended(record, exit, cancelled));
    prune(app);
  }

  private BuildRecord ended(BuildRecord record, int exit, boolean cancelled) {
    return cancelled
        ? record.ended(BuildRecord.CANCELED, CUT_OFF, clock.instant())
        : record.ended(exit, clock.instant());
  }

  /** Marks a build that a former daemon left as failed. */
  public void cutOff(AppName app, String id) {
    end(app, id, CUT_OFF);
  }

  /** Marks a build that a former daemon left, and that was finished since, as succeeded. */
  public void finished(AppName app, String id) {
    end(app, id, 0);
  }

  public Optional<BuildRecord> find(AppName app, String id) {
    return files.read(file(app, id, ".json")).flatMap(BuildJson::read);
  }

  /** The record that a text from elsewhere names, if it can be an id at all. */
  public Optional<BuildRecord> named(AppName app, String text) {
    return BuildId.isOne(text) ? find(app, text) : Optional.empty();
  }

  /**
   * @throws UserError if there is no such record
   */
  BuildRecord require(AppName app, String id) {
    return named(app, id)
        .orElseThrow(() -> new UserError("No build record found for " + app + "/" + id));
  }

  /** All records of an app, newest first. */
  public List<BuildRecord> of(AppName app) {
    Path folder = roots.data(PLUGIN, app);
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(each -> each.toString().endsWith(".json"))
          .flatMap(each -> files.read(each).flatMap(BuildJson::read).stream())
          .sorted(Comparator.comparing(BuildRecord::id).reversed())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + folder, e);
    }
  }

  /** What people are told: {@code abandoned} if it says it runs and does not. */
  public String status(BuildRecord record) {
    return record.isRunning() && !isAlive(record) ? "abandoned" : record.status();
  }

  /** A process that is younger than the record only has the number of the one meant. */
  boolean isAlive(BuildRecord record) {
    if (record.pid() == ProcessHandle.current().pid()) {
      return running.find(record.id()).isPresent();
    }
    return ProcessHandle.of(record.pid())
        .filter(ProcessHandle::isAlive)
        .flatMap(process -> process.info().startInstant())
        .filter(start -> !start.isAfter(record.startedAt().plus(CLOCK_TICK)))
        .isPresent();
  }

  Path log(AppName app, String id) {
    return file(app, id, ".log");
  }

  /** Settles records whose process died, and removes the oldest beyond the retention. */
  public void prune(AppName app) {
    List<BuildRecord> all = of(app);
    for (BuildRecord record : all) {
      if (record.isRunning() && !isAlive(record)) {
        endIfRunning(app, record.id(), each -> each.ended(CUT_OFF, clock.instant()));
      }
    }
    of(app).stream()
        .filter(record -> !record.isRunning())
        .skip(retention(app))
        .forEach(record -> delete(app, record.id()));
  }

  /** How many ended records are kept. */
  int retention(AppName app) {
    return BuildProperties.retention(properties, app);
  }

  Instant now() {
    return clock.instant();
  }

  private void endIfRunning(AppName app, String id, UnaryOperator<BuildRecord> end) {
    Path file = file(app, id, ".json");
    if (files.read(file).isEmpty()) {
      return;
    }
    files.update(
        file,
        DurableFiles.READABLE,
        text ->
            BuildJson.read(text)
                .filter(BuildRecord::isRunning)
                .map(record -> BuildJson.write(end.apply(record)))
                .orElse(text));
  }

  private void delete(AppName app, String id) {
    files.delete(file(app, id, ".json"));
    files.delete(file(app, id, ".log"));
  }

  /** The records and settings of an app go with it to its new name. */
  void rename(AppName old, AppName fresh) {
    files.createDirectories(roots.data(PLUGIN, fresh));
    for (BuildRecord record : of(old)) {
      write(fresh, record.ofApp(fresh.value()));
      move(log(old, record.id()), log(fresh, record.id()));
    }
    properties.setAll(PLUGIN, Scope.of(fresh), properties.all(PLUGIN, Scope.of(old)));
    destroy(old);
  }

  private static void move(Path from, Path to) {
    try {
      if (Files.exists(from)) {
        Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("moving " + from, e);
    }
  }

  void destroy(AppName app) {
    files.deleteTree(roots.data(PLUGIN, app));
    properties.destroy(PLUGIN, app);
  }

  private void write(AppName app, BuildRecord record) {
    files.write(file(app, record.id(), ".json"), BuildJson.write(record), DurableFiles.READABLE);
  }

  private Path file(AppName app, String id, String suffix) {
    if (!BuildId.isOne(id)) {
      throw new UserError("Invalid build id: " + id);
    }
    return roots.data(PLUGIN, app).resolve(id + suffix);
  }
}
