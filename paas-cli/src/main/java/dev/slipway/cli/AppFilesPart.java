package dev.slipway.cli;

import dev.slipway.cli.appjson.AppJsonCommands;
import dev.slipway.core.appjson.AppJsons;
import dev.slipway.core.appjson.ReleaseTasks;
import dev.slipway.core.call.Call;
import dev.slipway.core.cron.CronCheck;
import dev.slipway.core.journal.Recoverer;
import dev.slipway.core.model.AppName;
import dev.slipway.core.procfile.Procfiles;
import dev.slipway.core.release.ImageNames;
import dev.slipway.core.tasks.ImageFiles;
import dev.slipway.core.tasks.Tasks;
import dev.slipway.core.tasks.ThrowAway;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** What an app says of itself in its source, {@code app.json} and the Procfile, and its tasks. */
final class AppFilesPart {
  private final AppJsons appJsons;
  private final Procfiles procfiles;
  private final ThrowAway throwAway;

  AppFilesPart(Base base) {
    throwAway = new ThrowAway(base.engine, base.journal);
    ImageFiles images = new ImageFiles(base.engine, base.installationId, throwAway);
    appJsons = new AppJsons(base.roots, base.files, base.properties, base.triggers, images);
    procfiles = new Procfiles(base.roots, base.files, base.properties, base.triggers, images);
    appJsons.register(base.handlers, base.reports);
    procfiles.register(base.handlers);
    new AppJsonCommands(appJsons).addTo(base.catalogue, base.reports, base.setter);
    new CronCheck(base.files, base.triggers).register(base.handlers);
    tasks(base);
  }

  private void tasks(Base base) {
    Tasks tasks =
        new Tasks(base.engine, base.triggers, base.properties, base.installationId, throwAway);
    new ReleaseTasks(
            appJsons,
            base.properties,
            base.triggers,
            new ImageNames(base.triggers, base.engine),
            tasks)
        .register(base.handlers);
  }

  /** The process types of the Procfile that a call sees, if the app has one. */
  Optional<Collection<String>> processTypes(Call call, AppName app) {
    return procfiles.of(call, app).map(procfile -> procfile.commands().keySet());
  }

  /** Drops what a deploy that failed has staged. */
  void discard(AppName app, String pid) {
    procfiles.file().discard(app, pid);
    appJsons.file().discard(app, pid);
  }

  List<Recoverer> recoverers() {
    return List.of(appJsons.file(), procfiles.file(), throwAway);
  }
}
