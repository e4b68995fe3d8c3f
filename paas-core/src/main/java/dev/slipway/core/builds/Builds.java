package dev.slipway.core.builds;

import static dev.slipway.core.triggers.CoreTriggers.BUILDS_GENERATE_ID;
import static dev.slipway.core.triggers.CoreTriggers.BUILDS_RECORD_FINALIZE;
import static dev.slipway.core.triggers.CoreTriggers.BUILDS_RECORD_START;
import static dev.slipway.core.triggers.CoreTriggers.POST_APP_RENAME_SETUP;
import static dev.slipway.core.triggers.CoreTriggers.POST_CONFIG_UPDATE;
import static dev.slipway.core.triggers.CoreTriggers.POST_DELETE;

import dev.slipway.core.builds.RunningBuilds.Running;
import dev.slipway.core.call.Call;
import dev.slipway.core.call.Deliveries;
import dev.slipway.core.error.ToolFailure;
import dev.slipway.core.error.UserError;
import dev.slipway.core.model.AppName;
import dev.slipway.core.store.DurableFiles;
import dev.slipway.core.store.PropertyStore;
import dev.slipway.core.store.Roots;
import dev.slipway.core.triggers.Handlers;
import dev.slipway.core.triggers.Invocation;
import dev.slipway.core.triggers.TriggerFailed;
import dev.slipway.core.triggers.Triggers;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Runs work with its output captured: standard output and standard error go, merged, to the
 * caller's standard output and to the log of a build record. Capture is not nested. Spec: 03
 * sections 1.5 and 3.2.
 */
public final class Builds {
  /** Names the build in the environment of a captured call. */
  public static final String ID = "DOKKU_BUILD_ID";

  /** Bytes of a log; of what is beyond only the end is kept. */
  private static final long LARGEST_LOG = 64L << 20;

  private static final String ACTIVE = "DOKKU_REDIRECT_OUTPUT";

  private final BuildRecords records;
  private final Roots roots;
  private final DurableFiles files;
  private final Triggers triggers;
  private final Deliveries deliveries;
  private final Secrets secrets;
  private final Map<String, BuildStream> streams = new ConcurrentHashMap<>();

  public Builds(
      BuildRecords records,
      Roots roots,
      DurableFiles files,
      PropertyStore properties,
      Triggers triggers,
      Deliveries deliveries) {
    this.records = records;
    this.roots = roots;
    this.files = files;
    this.triggers = triggers;
    this.deliveries = deliveries;
    this.secrets = new Secrets(properties, triggers);
  }

  public void register(Handlers handlers) {
    String plugin = BuildRecords.PLUGIN;
    handlers
        .on(plugin, BUILDS_GENERATE_ID, at -> at.out().line(records.nextId()))
        .on(plugin, BUILDS_RECORD_START, this::started)
        .on(
            plugin,
            BUILDS_RECORD_FINALIZE,
            at -> records.end(at.app(0), at.argument(1), (int) number(at.argument(2))))
        .on(plugin, POST_CONFIG_UPDATE, this::configured)
        .on(plugin, POST_APP_RENAME_SETUP, at -> records.rename(at.app(0), at.app(1)))
        .on(plugin, POST_DELETE, at -> records.destroy(at.app(0)));
  }

  private void started(Invocation at) {
    String source = at.argument(3);
    if (!BuildRecord.isKnown(source)) {
      at.out().warn("Unknown build source: " + source);
      source = BuildRecord.UNKNOWN;
    }
    records.start(at.app(0), at.argument(1), number(at.argument(2)), source);
  }

  /** Whether this call's output is captured already. */
  public static boolean isCaptured(Call call) {
    return call.variable(ACTIVE).filter("true"::equals).isPresent();
  }

  /**
   * Does the work with a captured call, or with the call itself if it is captured already. What the
   * work fails with has been shown, and is in the log, when this throws.
   *
   * @param source what the record names as the reason, {@code git-hook} for a push
   * @throws UserError without text, with the exit code
   */
  public void captured(Call call, AppName app, String source, Consumer<Call> work) {
    if (isCaptured(call)) {
      work.accept(call);
      return;
    }
    Call asking = call.with(ACTIVE, "true"); // a hook's restart would need a record in turn
    String id = triggers.ask(asking, BUILDS_GENERATE_ID).lines().findFirst().orElse("");
    Path log = records.log(app, id);
    files.createDirectories(roots.data(BuildRecords.PLUGIN, app));
    Running running = records.running().begin(id, app, call.tree());
    try {
      triggers.ask(asking, BUILDS_RECORD_START, app, id, ProcessHandle.current().pid(), source);
      String where = "builds:output " + app + " " + id + " shows them, from " + log;
      deliveries.text(
          merged(call.within(running.operation())),
          bytes -> Deliveries.leftOut(bytes) + where,
          delivered -> logged(environment(delivered, id, source, log), running, log, work));
    } finally {
      records.running().end(running);
    }
  }

  private void logged(Call call, Running running, Path log, Consumer<Call> work) {
    int exit = 1;
    try (OutputStream logged = open(log);
        BuildStream said = new BuildStream(new Tee(call.streams().out(), logged))) {
      streams.put(running.id(), said);
      said.mask(secrets.of(call, running.app()));
      Call captured = deliveries.piped(call, said, said);
      exit = run(captured, work);
      if (exit != 0 && running.operation().isCancelled()) {
        captured.out().warn("Build " + running.id() + " was cancelled");
      }
    } catch (IOException e) {
      throw new UncheckedIOException("closing " + log, e);
    } finally {
      streams.remove(running.id());
      finalized(call.uncancelled(), running.app(), running.id(), exit);
      records.running().end(running);
    }
    if (exit != 0) {
      throw UserError.silent(exit);
    }
  }

  /** Secrets that come up while a build runs are none of its log's business either. */
  private void configured(Invocation at) {
    if (at.argument(0).isEmpty()) {
      return;
    }
    AppName app = at.app(0);
    for (Running running : records.running().of(app)) {
      BuildStream said = streams.get(running.id());
      if (said != null) {
        mask(said, secrets.of(at.call(), app));
      }
    }
  }

  private static void mask(BuildStream said, List<String> values) {
    try {
      said.mask(values);
    } catch (IOException e) {
      throw new UncheckedIOException("masking secrets", e);
    }
  }

  private Call merged(Call call) {
    return deliveries.piped(call, call.streams().out(), call.streams().out());
  }

  /** Ends the record of a build unless it has ended. */
  public void finalized(Call call, AppName app, String id, int exit) {
    if (records.find(app, id).filter(BuildRecord::isRunning).isPresent()) {
      triggers.ask(call, BUILDS_RECORD_FINALIZE, app, id, exit);
    }
  }

  private static Call environment(Call call, String id, String source, Path log) {
    Map<String, String> variables = new HashMap<>();
    variables.put(ID, id);
    variables.put("DOKKU_BUILD_SOURCE", source);
    variables.put("DOKKU_BUILD_LOG_FILE", log.toString());
    variables.put(ACTIVE, "true");
    return call.with(variables);
  }

  private static int run(Call call, Consumer<Call> work) {
    try {
      work.accept(call);
      return 0;
    } catch (UserError e) {
      e.text().lines().forEach(e.prefixed() ? call.out()::warn : call.out()::errorLine);
      return e.exitCode();
    } catch (TriggerFailed e) {
      return e.status();
    } catch (ToolFailure e) {
      String.valueOf(e.getMessage()).lines().forEach(call.out()::warn);
      return 1;
    }
  }

  private static OutputStream open(Path log) {
    try {
      return new BoundedLog(Files.newOutputStream(log), LARGEST_LOG);
    } catch (IOException e) {
      throw new UncheckedIOException("writing " + log, e);
    }
  }

  private static long number(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new UserError("Invalid number: " + text);
    }
  }
}
