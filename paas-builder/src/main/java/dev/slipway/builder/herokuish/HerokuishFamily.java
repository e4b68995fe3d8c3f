package dev.slipway.builder.herokuish;

import static dev.slipway.core.triggers.CoreTriggers.BUILDER_GET_PROPERTY;
import static dev.slipway.core.triggers.CoreTriggers.BUILDER_HEROKUISH_ALLOWED;
import static dev.slipway.core.triggers.CoreTriggers.DOCKER_ARGS_DEPLOY;
import static dev.slipway.core.triggers.CoreTriggers.DOCKER_ARGS_RUN;
import static dev.slipway.core.triggers.CoreTriggers.POST_DELETE;

import dev.slipway.builder.image.DockerClient;
import dev.slipway.core.builder.AppImages;
import dev.slipway.core.builder.BuildCache;
import dev.slipway.core.builder.BuilderKey;
import dev.slipway.core.builder.BuilderTypes;
import dev.slipway.core.call.Call.PipedPrograms;
import dev.slipway.core.deploy.Revisions;
import dev.slipway.core.engine.Engine;
import dev.slipway.core.error.UserError;
import dev.slipway.core.store.InstallationId;
import dev.slipway.core.store.PropertyStore;
import dev.slipway.core.store.Roots;
import dev.slipway.core.triggers.Handlers;
import dev.slipway.core.triggers.Invocation;
import dev.slipway.core.triggers.Triggers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/**
 * The builder, and what else the plugin {@code builder-herokuish} answers. Spec: 03 section 5.2.
 */
public final class HerokuishFamily {
  private static final Duration FIRST_ANSWER = Duration.ofSeconds(20);

  private final PropertyStore properties;
  private final Triggers triggers;
  private final Engine engine;
  private final Roots roots;
  private final InstallationId installation;
  private final StackImages stacks;

  /**
   * @param host the daemon's own environment
   */
  public HerokuishFamily(
      Roots roots,
      PropertyStore properties,
      Triggers triggers,
      Engine engine,
      InstallationId installation,
      PipedPrograms programs,
      Map<String, String> host) {
    this.roots = roots;
    this.properties = properties;
    this.triggers = triggers;
    this.engine = engine;
    this.installation = installation;
    ImagePull pull =
        new ImagePull(new DockerClient(programs, host), programs, FIRST_ANSWER, Clock.systemUTC());
    this.stacks = new StackImages(engine, triggers, pull);
  }

  public HerokuishBuilder builder(AppImages images, BuildCache cache) {
    return new HerokuishBuilder(
        engine, triggers, images, installation, cache, stacks, new BuildRules(roots));
  }

  /** {@code buildpacks:detect}. */
  public BuildpackDetection detection(Revisions revisions) {
    return new BuildpackDetection(engine, triggers, installation, stacks, revisions, roots);
  }

  public void register(Handlers handlers) {
    String plugin = BuilderKey.HEROKUISH.plugin();
    handlers
        .on(plugin, BUILDER_HEROKUISH_ALLOWED, this::requireAllowed)
        .on(plugin, DOCKER_ARGS_DEPLOY, this::nameUser)
        .on(plugin, DOCKER_ARGS_RUN, this::nameUser)
        .on(plugin, POST_DELETE, at -> properties.destroy(plugin, at.app(0)));
  }

  private void requireAllowed(Invocation at) {
    BuilderKey key = BuilderKey.HEROKUISH;
    String allowed = properties.effective(key.plugin(), at.app(0), key.key(), key.fallback());
    if (!allowed.equals("true")) {
      throw UserError.silent(1);
    }
  }

  private void nameUser(Invocation at) {
    try {
      at.call().streams().in().transferTo(at.call().streams().out());
    } catch (IOException e) {
      throw new UncheckedIOException("passing docker arguments on", e);
    }
    String builder = triggers.ask(at.call(), BUILDER_GET_PROPERTY, at.app(0), "detected");
    if (builder.equals(HerokuishBuilder.NAME)) {
      at.out().text(" --env=USER=" + BuilderTypes.appUser(triggers, at.call(), at.app(0)));
    }
  }
}
