package dev.slipway.core.deploy;

import dev.slipway.core.model.AppName;
import dev.slipway.core.store.DurableFiles;
import dev.slipway.core.store.Roots;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The objects of pushed commits, kept while git still has them in quarantine, so that the next
 * start can move the ref to a commit that serves already although the push was cut off. They are
 * hard links beside the repository's objects, not among them: no client can fetch them by their
 * name, and nothing of a push that fails stays.
 *
 * <pre>
 * ROOT/APP/.slipway/pins/BUILD/objects/...  what git had in quarantine
 * ROOT/APP/.slipway/pins/BUILD/deployed     the push and the ref, once the deploy has succeeded
 * </pre>
 */
public final class Pins {
  private static final String DEPLOYED = "deployed";

  private final Roots roots;
  private final DurableFiles files;

  public Pins(Roots roots, DurableFiles files) {
    this.roots = roots;
    this.files = files;
  }

  /**
   * A deploy that succeeded in a push that has not ended yet.
   *
   * @param former what the ref named before; empty if there was none, {@code unknown} in records of
   *     former versions
   */
  public record Deployed(
      AppName app, String build, String push, String ref, String commit, String former) {
    static final String UNKNOWN = "unknown";
  }

  /** Links all that is in quarantine; where a push brought no objects the pin is empty. */
  public void pin(AppName app, String build, Path quarantine) {
    Path pin = objects(app, build);
    files.createDirectories(pin);
    ObjectLinks.link(quarantine, pin);
  }

  /** Notes that the pinned commit serves, and that this push is going to move this ref to it. */
  public void deployed(Deployed what) {
    files.write(
        folder(what.app(), what.build()).resolve(DEPLOYED),
        String.join("\n", what.push(), what.ref(), what.commit(), what.former()) + "\n",
        DurableFiles.READABLE);
  }

  /** The pins of successful deploys whose push has not ended. */
  public List<Deployed> deployed(AppName app) {
    Path all = folder(app, "").normalize();
    if (!Files.isDirectory(all)) {
      return List.of();
    }
    try (Stream<Path> pins = Files.list(all)) {
      return pins.flatMap(pin -> read(app, pin)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + all, e);
    }
  }

  private Stream<Deployed> read(AppName app, Path pin) {
    List<String> lines = files.lines(pin.resolve(DEPLOYED));
    if (lines.size() < 3) {
      return Stream.empty();
    }
    String former = lines.size() > 3 ? lines.get(3) : Deployed.UNKNOWN;
    return Stream.of(
        new Deployed(
            app,
            String.valueOf(pin.getFileName()),
            lines.get(0),
            lines.get(1),
            lines.get(2),
            former));
  }

  /** Links the pinned objects into the repository. */
  public void adopt(AppName app, String build) {
    Path pin = objects(app, build);
    if (Files.isDirectory(pin)) {
      ObjectLinks.link(pin, roots.app(app).resolve("objects"));
    }
  }

  /** Removes the pin; it is fine if there is none. */
  public void drop(AppName app, String build) {
    files.deleteTree(folder(app, build));
    files.deleteIfEmpty(folder(app, "").normalize());
  }

  private Path folder(AppName app, String build) {
    return roots.app(app).resolve(".slipway").resolve("pins").resolve(build);
  }

  private Path objects(AppName app, String build) {
    return folder(app, build).resolve("objects");
  }
}
