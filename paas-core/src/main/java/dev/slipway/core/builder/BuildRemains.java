package dev.slipway.core.builder;

import dev.slipway.core.engine.Engine;
import dev.slipway.core.engine.Labels;
import dev.slipway.core.journal.Journal.Unfinished;
import dev.slipway.core.journal.Recoverer;
import dev.slipway.core.store.InstallationId;
import java.util.List;

/**
 * Ends the containers that a build was running in when the daemon was killed; unlike its children
 * they go on without it.
 */
public final class BuildRemains implements Recoverer {
  private final Engine engine;
  private final InstallationId installation;

  public BuildRemains(Engine engine, InstallationId installation) {
    this.engine = engine;
    this.installation = installation;
  }

  @Override
  public void undo(Unfinished entry) {
    engine
        .containers(
            List.of(
                Labels.with(Labels.APP, entry.app().value()),
                Labels.with(Labels.IMAGE_STAGE, "build"),
                Labels.with(Labels.INSTALLATION, installation.value())))
        .stream()
        .filter(container -> !container.labels().containsKey("com.dokku.container-type"))
        .forEach(container -> engine.remove(container.id(), true));
  }

  @Override
  public void finish(Unfinished entry) {
    // a deploy that got so far has no build running
  }
}
