package dev.slipway.core.apps;

import static dev.slipway.core.triggers.CoreTriggers.DEPLOYED_APP_IMAGE_TAG;
import static dev.slipway.core.triggers.CoreTriggers.POST_CREATE;
import static dev.slipway.core.triggers.CoreTriggers.POST_DELETE;
import static dev.slipway.core.triggers.CoreTriggers.PRE_DELETE;
import static dev.slipway.core.triggers.CoreTriggers.SCHEDULER_DETECT;
import static dev.slipway.core.triggers.CoreTriggers.SCHEDULER_POST_DELETE;
import static dev.slipway.core.triggers.CoreTriggers.SCHEDULER_RETIRE;
import static dev.slipway.core.triggers.CoreTriggers.SCHEDULER_STOP;

import dev.slipway.core.call.Call;
import dev.slipway.core.error.ToolFailure;
import dev.slipway.core.error.UserError;
import dev.slipway.core.model.AppName;
import dev.slipway.core.model.Scope;
import dev.slipway.core.output.Confirmation;
import dev.slipway.core.store.DurableFiles;
import dev.slipway.core.store.PropertyStore;
import dev.slipway.core.store.Roots;
import dev.slipway.core.triggers.Trigger;
import dev.slipway.core.triggers.TriggerFailed;
import dev.slipway.core.triggers.Triggers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.stream.Stream;

/** Making and destroying apps. Spec: 01 sections 9.1 and 9.2. */
public final class Apps {
  static final String PLUGIN = "apps";

  /**
   * Removes what is left of an app's containers and images after it was destroyed; prints its own
   * line.
   */
  private static final Trigger CLEANUP = new Trigger("slipway-cleanup");

  private final Roots roots;
  private final DurableFiles files;
  private final PropertyStore properties;
  private final Triggers triggers;
  private final AppDirectory directory;
  private final Clock clock;

  public Apps(
      Roots roots,
      DurableFiles files,
      PropertyStore properties,
      Triggers triggers,
      AppDirectory directory,
      Clock clock) {
    this.roots = roots;
    this.files = files;
    this.properties = properties;
    this.triggers = triggers;
    this.directory = directory;
    this.clock = clock;
  }

  /**
   * Makes an app. A failing {@code post-create} fails the command, and what the other hooks made is
   * taken back, so that the name is free again.
   *
   * @throws UserError if the name is malformed or taken
   */
  public void create(Call call, String name) {
    AppName app = AppName.parseNew(name);
    claim(app);
    call.out().unlessQuiet().step("Creating " + app + "...");
    properties.set(
        PLUGIN, Scope.of(app), "created-at", Long.toString(clock.instant().getEpochSecond()));
    try {
      triggers.fire(call, POST_CREATE, app);
    } catch (RuntimeException e) {
      unmake(call, app, e);
      throw e;
    }
  }

  private void unmake(Call call, AppName app, RuntimeException failure) {
    try {
      triggers.fire(call, POST_DELETE, app, "latest");
    } catch (UserError | ToolFailure | TriggerFailed e) {
      failure.addSuppressed(e);
    }
    removeFolder(call, app);
  }

  /** Makes the app's folder; of two callers only one succeeds. */
  private void claim(AppName app) {
    Path folder = roots.app(app);
    try {
      Files.createDirectory(folder);
      files.own(folder, DurableFiles.DIRECTORY);
    } catch (java.nio.file.FileAlreadyExistsException e) {
      throw new UserError("Name is already taken");
    } catch (IOException e) {
      throw new UncheckedIOException("making " + folder, e);
    }
  }

  /**
   * Makes the app that a push names, if there is none. Silent unless it fails: then everything that
   * was printed is shown.
   *
   * @throws UserError if the installation does not want apps made that way
   */
  public void createIfMissing(Call call, String name, Call.PipedPrograms programs) {
    AppName app = AppName.parse(name);
    if (directory.exists(app)) {
      return;
    }
    if (properties
        .get(PLUGIN, Scope.GLOBAL, "disable-autocreation")
        .filter("true"::equals)
        .isPresent()) {
      call.out().warn("App auto-creation disabled.");
      throw new UserError(
          "Re-enable app auto-creation or create an app with 'dokku apps:create " + app + "'");
    }
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    try {
      create(call.piped(InputStream.nullInputStream(), printed, printed, programs), name);
    } catch (RuntimeException e) {
      call.out().text(printed.toString(java.nio.charset.StandardCharsets.UTF_8));
      throw e;
    }
  }

  /**
   * Destroys an app with all that belongs to it, after the name was typed unless {@code force}.
   * Meanwhile nobody else sees it: a second destroy answers that there is no such app, and a deploy
   * under way is ended first. Its environment file goes, but not the properties of a plugin of the
   * same name (defect 01 section 9.2).
   */
  public void destroy(Call call, AppName app, boolean force) {
    if (!force && !call.force()) {
      Confirmation.ask(call.out(), call.streams().in(), "app", app.value());
    }
    try (AppDirectory.Doom _ = directory.doom(call, app)) {
      destroyDoomed(call, app);
    }
  }

  private void destroyDoomed(Call call, AppName app) {
    call.out().step("Destroying " + app + " (including all add-ons)");
    String asked = triggers.ask(call, DEPLOYED_APP_IMAGE_TAG, app);
    String tag = asked.isEmpty() ? "latest" : asked;
    String scheduler = triggers.ask(call, SCHEDULER_DETECT, app);
    triggers.fire(call, PRE_DELETE, app, tag);
    triggers.fire(call, SCHEDULER_STOP, scheduler, app, "true");
    triggers.fire(call, SCHEDULER_POST_DELETE, scheduler, app, tag);
    triggers.fire(call, POST_DELETE, app, tag);
    triggers.fire(call, CLEANUP, app);
    call.out().step("Retiring old containers and images");
    triggers.fire(call, SCHEDULER_RETIRE, scheduler, app);
    removeFolder(call, app);
  }

  private void removeFolder(Call call, AppName app) {
    Path folder = roots.app(app);
    try {
      if (Files.isSymbolicLink(folder)) {
        empty(folder.toRealPath());
        Files.delete(folder);
      } else {
        files.deleteTree(folder);
      }
    } catch (IOException | UncheckedIOException e) {
      call.out().warn("Unable to remove " + folder + ": " + e.getMessage());
    }
  }

  private void empty(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      entries.toList().forEach(files::deleteTree);
    }
  }
}
