package dev.slipway.core.appjson;

import static dev.slipway.core.triggers.CoreTriggers.APP_JSON_GET_CONTENT;
import static dev.slipway.core.triggers.CoreTriggers.APP_JSON_IS_VALID;
import static dev.slipway.core.triggers.CoreTriggers.APP_JSON_PROCESS_DEPLOY_PARALLELISM;
import static dev.slipway.core.triggers.CoreTriggers.BUILDER_GET_PROPERTY;
import static dev.slipway.core.triggers.CoreTriggers.CORE_POST_DEPLOY;
import static dev.slipway.core.triggers.CoreTriggers.CORE_POST_EXTRACT;
import static dev.slipway.core.triggers.CoreTriggers.GIT_GET_PROPERTY;
import static dev.slipway.core.triggers.CoreTriggers.POST_DELETE;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.core.call.Call;
import dev.slipway.core.journal.Journal.Unfinished;
import dev.slipway.core.journal.Recoverer;
import dev.slipway.core.model.AppName;
import dev.slipway.core.model.Scope;
import dev.slipway.core.source.SourceTree;
import dev.slipway.core.source.StagedFile;
import dev.slipway.core.store.DurableFiles;
import dev.slipway.core.store.PropertyStore;
import dev.slipway.core.store.Roots;
import dev.slipway.core.triggers.Handlers;
import dev.slipway.core.triggers.Invocation;
import dev.slipway.core.triggers.Triggers;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The app.json files of apps: taken out of the source of a deploy, in force once it has succeeded.
 */
public final class AppJsons implements Recoverer {
  /** Larger files are refused. */
  static final int LIMIT = 1 << 20;

  static final String PLUGIN = "app-json";
  private static final String NAME = "app.json";

  private final StagedFile files;
  private final PropertyStore properties;
  private final Triggers triggers;

  public AppJsons(Roots roots, DurableFiles files, PropertyStore properties, Triggers triggers) {
    this.files = new StagedFile(roots, files, PLUGIN, NAME);
    this.properties = properties;
    this.triggers = triggers;
  }

  public void register(Handlers handlers) {
    handlers
        .on(PLUGIN, CORE_POST_EXTRACT, this::extract)
        .on(PLUGIN, CORE_POST_DEPLOY, at -> files.promote(at.app(0), at.call().pid()))
        .on(PLUGIN, APP_JSON_GET_CONTENT, at -> at.out().text(content(at)))
        .on(PLUGIN, APP_JSON_PROCESS_DEPLOY_PARALLELISM, this::printParallelism)
        .on(PLUGIN, POST_DELETE, at -> destroy(at.app(0)));
    new ReleaseNotice(this, properties, triggers).register(handlers);
  }

  /** The app.json that a call sees: that of its own deploy, else the one in force. */
  public Optional<AppJson> of(Call call, AppName app) {
    return files.read(app, call.pid()).map(AppJson::parse);
  }

  private void extract(Invocation at) {
    AppName app = at.app(0);
    SourceTree tree = new SourceTree(Path.of(at.argument(1)));
    properties.unset(PLUGIN, Scope.of(app), "appjson-env-processed");
    String path = SourceTree.trimmed(properties.effective(PLUGIN, app, "appjson-path", NAME));
    String folder =
        SourceTree.trimmed(triggers.ask(at.call(), BUILDER_GET_PROPERTY, app, "build-dir"));
    triggers.ask(at.call(), GIT_GET_PROPERTY, app, "source-image");
    Optional<byte[]> content =
        tree.read(folder.isEmpty() ? path : folder + "/" + path, LIMIT)
            .map(bytes -> new String(bytes, UTF_8).replace("\r\n", "\n").getBytes(UTF_8));
    content.ifPresent(bytes -> AppJson.parse(new String(bytes, UTF_8)));
    Path staged = files.stage(app, at.call().pid(), content);
    if (!path.equals(NAME)) {
      content.ifPresentOrElse(bytes -> tree.write(NAME, bytes), () -> tree.delete(NAME));
    }
    if (content.isPresent()) {
      triggers.fire(at.call(), APP_JSON_IS_VALID, app, staged);
    }
  }

  private String content(Invocation at) {
    return of(at.call(), at.app(0)).map(AppJson::toJson).orElse("{}");
  }

  private void printParallelism(Invocation at) {
    int most = of(at.call(), at.app(0)).map(found -> found.parallelism(at.argument(1))).orElse(1);
    at.out().line(String.valueOf(most));
  }

  private void destroy(AppName app) {
    files.destroy(app);
    properties.destroy(PLUGIN, app);
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
