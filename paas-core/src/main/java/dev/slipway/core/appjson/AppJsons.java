package dev.slipway.core.appjson;

import static dev.slipway.core.triggers.CoreTriggers.APP_JSON_GET_CONTENT;
import static dev.slipway.core.triggers.CoreTriggers.APP_JSON_IS_VALID;
import static dev.slipway.core.triggers.CoreTriggers.APP_JSON_PROCESS_DEPLOY_PARALLELISM;
import static dev.slipway.core.triggers.CoreTriggers.BUILDER_GET_PROPERTY;
import static dev.slipway.core.triggers.CoreTriggers.CORE_POST_EXTRACT;
import static dev.slipway.core.triggers.CoreTriggers.POST_DELETE;
import static dev.slipway.core.triggers.CoreTriggers.REPORT;

import dev.slipway.core.call.Call;
import dev.slipway.core.model.AppName;
import dev.slipway.core.model.Scope;
import dev.slipway.core.report.Property;
import dev.slipway.core.report.PropertyFamily;
import dev.slipway.core.report.PropertySet;
import dev.slipway.core.report.PropertyValues;
import dev.slipway.core.report.Report;
import dev.slipway.core.report.Reports;
import dev.slipway.core.source.DeployFile;
import dev.slipway.core.source.ImageSource;
import dev.slipway.core.source.SourceTree;
import dev.slipway.core.store.DurableFiles;
import dev.slipway.core.store.PropertyStore;
import dev.slipway.core.store.Roots;
import dev.slipway.core.triggers.Handlers;
import dev.slipway.core.triggers.Invocation;
import dev.slipway.core.triggers.Triggers;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The app.json files of apps, and the properties of the plugin {@code app-json}. */
public final class AppJsons {
  static final String PLUGIN = "app-json";

  private static final String NAME = "app.json";
  private static final String PATH = "appjson-path";

  /** {@code app-json:set}. */
  public static final PropertySet SET =
      new PropertySet(
          PLUGIN,
          PropertyFamily.COMPILED,
          List.of(Property.everywhere(PATH, NAME).checked(SourceTree::trimmed)));

  private final DeployFile file;
  private final PropertyStore properties;
  private final Triggers triggers;

  public AppJsons(
      Roots roots,
      DurableFiles files,
      PropertyStore properties,
      Triggers triggers,
      ImageSource images) {
    this.file =
        new DeployFile(
            new DeployFile.Kind(PLUGIN, NAME, PATH), roots, files, properties, triggers, images);
    this.properties = properties;
    this.triggers = triggers;
  }

  public void register(Handlers handlers, Reports reports) {
    handlers.on(PLUGIN, CORE_POST_EXTRACT, this::extract);
    file.register(handlers);
    handlers
        .on(PLUGIN, APP_JSON_GET_CONTENT, at -> at.out().text(content(at)))
        .on(PLUGIN, APP_JSON_PROCESS_DEPLOY_PARALLELISM, this::printParallelism)
        .on(PLUGIN, POST_DELETE, at -> properties.destroy(PLUGIN, at.app(0)))
        .on(PLUGIN, REPORT, at -> reports.print(at.call(), report(), at.app(0)));
  }

  /** The file itself, for those who undo and finish deploys. */
  public DeployFile file() {
    return file;
  }

  /** The app.json that a call sees: that of its own deploy, else the one in force. */
  Optional<AppJson> of(Call call, AppName app) {
    return file.text(call, app).map(AppJson::parse);
  }

  private void extract(Invocation at) {
    AppName app = at.app(0);
    properties.unset(PLUGIN, Scope.of(app), EnvVariables.PROCESSED);
    String folder =
        SourceTree.trimmed(triggers.ask(at.call(), BUILDER_GET_PROPERTY, app, "build-dir"));
    file.extract(at.call(), app, Path.of(at.argument(1)), folder, AppJson::parse)
        .ifPresent(staged -> triggers.fire(at.call(), APP_JSON_IS_VALID, app, staged));
  }

  private String content(Invocation at) {
    return of(at.call(), at.app(0)).map(AppJson::toJson).orElse("{}");
  }

  private void printParallelism(Invocation at) {
    int most = of(at.call(), at.app(0)).map(found -> found.parallelism(at.argument(1))).orElse(1);
    at.out().line(String.valueOf(most));
  }

  /** {@code app-json:report}. */
  public Report report() {
    return new PropertyValues(properties, SET).report(true);
  }
}
