package dev.slipway.core.procfile;

import static dev.slipway.core.triggers.CoreTriggers.CORE_POST_EXTRACT;
import static dev.slipway.core.triggers.CoreTriggers.PROCFILE_EXISTS;
import static dev.slipway.core.triggers.CoreTriggers.PROCFILE_GET_COMMAND;

import dev.slipway.core.call.Call;
import dev.slipway.core.config.ExportedConfig;
import dev.slipway.core.error.UserError;
import dev.slipway.core.model.AppName;
import dev.slipway.core.source.DeployFile;
import dev.slipway.core.source.ImageSource;
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

/** The Procfiles of apps. Its handlers stand at the plugin {@code ps}. */
public final class Procfiles {
  private static final String PLUGIN = "ps";

  private final DeployFile file;
  private final Triggers triggers;

  public Procfiles(
      Roots roots,
      DurableFiles files,
      PropertyStore properties,
      Triggers triggers,
      ImageSource images) {
    this.file =
        new DeployFile(
            new DeployFile.Kind(PLUGIN, "Procfile", "procfile-path"),
            roots,
            files,
            properties,
            triggers,
            images);
    this.triggers = triggers;
  }

  public void register(Handlers handlers) {
    handlers.on(PLUGIN, CORE_POST_EXTRACT, this::extract);
    file.register(handlers);
    handlers
        .on(PLUGIN, PROCFILE_EXISTS, this::requireOne)
        .on(PLUGIN, PROCFILE_GET_COMMAND, this::printCommand);
  }

  /** The file itself, for those who undo and finish deploys. */
  public DeployFile file() {
    return file;
  }

  /** The Procfile that a call sees: that of its own deploy, else the one in force. */
  public Optional<Procfile> of(Call call, AppName app) {
    return file.text(call, app).map(Procfile::parse);
  }

  /** The builder has put what is to be built at the top of the tree by now. */
  private void extract(Invocation at) {
    file.extract(
        at.call(), at.app(0), Path.of(at.argument(1)), "", (text, path) -> Procfile.parse(text));
  }

  private void requireOne(Invocation at) {
    if (file.text(at.call(), at.app(0)).isEmpty()) {
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
}
