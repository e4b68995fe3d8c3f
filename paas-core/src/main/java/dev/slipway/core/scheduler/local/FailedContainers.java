package dev.slipway.core.scheduler.local;

import dev.slipway.core.engine.Engine;
import dev.slipway.core.model.AppName;
import dev.slipway.core.model.Instance;
import dev.slipway.core.store.DurableFiles;
import dev.slipway.core.store.PropertyStore;
import dev.slipway.core.store.Roots;
import java.nio.file.Path;

/**
 * Containers of the last deploy that did not pass: {@code failed-containers} of the app, lines of
 * {@code CID PROC.N}. Spec: 04 section 2.1.
 */
final class FailedContainers {
  static final String DEFAULT_POLICY = "on-failure:10";

  private final Engine engine;
  private final Roots roots;
  private final DurableFiles files;
  private final PropertyStore properties;
  private final RetirementQueue queue;

  FailedContainers(
      Engine engine,
      Roots roots,
      DurableFiles files,
      PropertyStore properties,
      RetirementQueue queue) {
    this.engine = engine;
    this.roots = roots;
    this.files = files;
    this.properties = properties;
    this.queue = queue;
  }

  /** Forgets those of the deploy before. */
  void forget(AppName app) {
    files.delete(file(app));
  }

  /** Notes a failed container and stops it, so that its log can be read until it is retired. */
  void record(DeployPlan plan, Instance instance, String id) {
    files.update(
        file(plan.app()), DurableFiles.READABLE, text -> text + id + " " + instance + "\n");
    engine.restartPolicy(id, "no");
    engine.stop(id, plan.stopTimeout());
  }

  /** Starts a container again that was stopped to be replaced. */
  void bringBack(String id) {
    queue.removeContainer(id);
    engine
        .container(id)
        .ifPresent(
            container -> {
              engine.restartPolicy(id, policy(container.labels().getOrDefault(APP_LABEL, "")));
              engine.start(id);
            });
  }

  private static final String APP_LABEL = dev.slipway.core.engine.Labels.APP;

  private String policy(String app) {
    return app.isEmpty()
        ? DEFAULT_POLICY
        : properties.effective("ps", new AppName(app), "restart-policy", DEFAULT_POLICY);
  }

  private Path file(AppName app) {
    return roots.data(LocalSettings.PLUGIN, app).resolve("failed-containers");
  }
}
