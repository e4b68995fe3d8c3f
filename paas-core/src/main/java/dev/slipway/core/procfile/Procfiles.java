package dev.slipway.core.procfile;

import static dev.slipway.core.triggers.CoreTriggers.CORE_POST_DEPLOY;
import static dev.slipway.core.triggers.CoreTriggers.CORE_POST_EXTRACT;
import static dev.slipway.core.triggers.CoreTriggers.POST_DELETE;
import static dev.slipway.core.triggers.CoreTriggers.PROCFILE_EXISTS;
import static dev.slipway.core.triggers.CoreTriggers.PROCFILE_GET_COMMAND;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.core.call.Call;
import dev.slipway.core.config.ExportedConfig;
import dev.slipway.core.error.UserError;
import dev.slipway.core.journal.Journal.Unfinished;
import dev.slipway.core.journal.Recoverer;
import dev.slipway.core.model.AppName;
import dev.slipway.core.source.SourceTree;
import dev.slipway.core.source.StagedFile;
import dev.slipway.core.store.DurableFiles;
import dev.slipway.core.store.PropertyStore;
import dev.slipway.core.store.Roots;
import dev.slipway.core.triggers.Handlers;
import dev.slipway.core.triggers.Invocation;
import dev.slipway.core.triggers.Triggers;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The Procfiles of apps: taken out of the source of a deploy, in force once it has succeeded. Its
 * handlers stand at the plugin {@code ps}.
 */
public final class Procfiles implements Recoverer {
  /** Larger files are refused. */
  static final int LIMIT = 1 << 20;

  private static final String PLUGIN = "ps";
  private static final String NAME = "Procfile";

  private final StagedFile files;
  private final PropertyStore properties;
  private final Triggers triggers;

  public Procfiles(Roots roots, DurableFiles files, PropertyStore properties, Triggers triggers) {
    this.files = new StagedFile(roots, files, PLUGIN, NAME);
    this.properties = properties;
    this.triggers = triggers;
  }

  public void register(Handlers handlers) {
    handlers
        .on(PLUGIN, CORE_POST_EXTRACT, this::extract)
        .on(PLUGIN, CORE_POST_DEPLOY, at -> files.promote(at.app(0), at.call().pid()))
        .on(PLUGIN, PROCFILE_EXISTS, this::requireOne)
        .on(PLUGIN, PROCFILE_GET_COMMAND, this::printCommand)
        .on(PLUGIN, POST_DELETE, at -> files.destroy(at.app(0)));
  }

  /** The Procfile that a call sees: that of its own deploy, else the one in force. */
  public Optional<Procfile> of(Call call, AppName app) {
    return files.read(app, call.pid()).map(Procfile::parse);
  }

  private void extract(Invocation at) {
    AppName app = at.app(0);
    SourceTree tree = new SourceTree(Path.of(at.argument(1)));
    String path = SourceTree.trimmed(properties.effective(PLUGIN, app, "procfile-path", NAME));
    Optional<String> text =
        tree.read(path, LIMIT).map(bytes -> new String(bytes, UTF_8).replace("\r\n", "\n"));
    text.ifPresent(Procfile::parse);
    files.stage(app, at.call().pid(), text.map(content -> content.getBytes(UTF_8)));
    if (!path.equals(NAME)) {
      text.ifPresentOrElse(
          content -> tree.write(NAME, content.getBytes(UTF_8)), () -> tree.delete(NAME));
    }
  }

  private void requireOne(Invocation at) {
    if (files.read(at.app(0), at.call().pid()).isEmpty()) {
      throw new UserError("Procfile does not exist");
    }
  }

  private void printCommand(Invocation at) {
    AppName app = at.app(0);
    String type = at.argument(1);
    Optional<Procfile> procfile = of(at.call(), app);
    if (procfile.isEmpty()) {
      return;
    }
    String command = procfile.get().command(type).orElseThrow(() -> UserError.silent(1));
    if (command.indexOf('$') < 0) {
      at.out().line(command);
      return;
    }
    String port = at.argument(2).isEmpty() ? "5000" : at.argument(2);
    at.out().line(Expansion.of(command, variables(at.call(), app, type, port)));
  }

  private Map<String, String> variables(Call call, AppName app, String type, String port) {
    Map<String, String> values = new HashMap<>(Map.of("PORT", port));
    values.putAll(ExportedConfig.merged(triggers, call, app));
    values.put("PS", type);
    return values;
  }

  /** Drops what a deploy that failed has staged. */
  public void discard(AppName app, String pid) {
    files.discard(app, pid);
  }

  @Override
  public void undo(Unfinished entry) {
    Optional.ofNullable(entry.facts().get("pid")).ifPresent(pid -> files.discard(entry.app(), pid));
  }

  @Override
  public void finish(Unfinished entry) {
    Optional.ofNullable(entry.facts().get("pid")).ifPresent(pid -> files.promote(entry.app(), pid));
  }
}
