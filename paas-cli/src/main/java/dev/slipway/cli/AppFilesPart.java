package dev.slipway.cli;

import dev.slipway.core.appjson.AppJsons;
import dev.slipway.core.call.Call;
import dev.slipway.core.journal.Recoverer;
import dev.slipway.core.model.AppName;
import dev.slipway.core.procfile.Procfiles;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** What an app says of itself in its source: {@code app.json} and the Procfile. */
final class AppFilesPart {
  private final AppJsons appJsons;
  private final Procfiles procfiles;

  AppFilesPart(Base base) {
    appJsons = new AppJsons(base.roots, base.files, base.properties, base.triggers);
    procfiles = new Procfiles(base.roots, base.files, base.properties, base.triggers);
    appJsons.register(base.handlers);
    procfiles.register(base.handlers);
  }

  /** The process types of the Procfile that a call sees, if the app has one. */
  Optional<Collection<String>> processTypes(Call call, AppName app) {
    return procfiles.of(call, app).map(procfile -> procfile.commands().keySet());
  }

  /** Drops what a deploy that failed has staged. */
  void discard(AppName app, String pid) {
    procfiles.discard(app, pid);
    appJsons.discard(app, pid);
  }

  List<Recoverer> recoverers() {
    return List.of(appJsons, procfiles);
  }
}
