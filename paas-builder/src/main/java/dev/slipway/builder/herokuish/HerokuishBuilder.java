package dev.slipway.builder.herokuish;

import static dev.slipway.core.triggers.CoreTriggers.BUILDER_CREATE_DOKKU_IMAGE;
import static dev.slipway.core.triggers.CoreTriggers.BUILDER_DOKKU_IMAGE;
import static dev.slipway.core.triggers.CoreTriggers.POST_BUILD;
import static dev.slipway.core.triggers.CoreTriggers.POST_BUILD_BUILDPACK;
import static dev.slipway.core.triggers.CoreTriggers.POST_CONTAINER_CREATE;
import static dev.slipway.core.triggers.CoreTriggers.POST_RELEASE_BUILDER;
import static dev.slipway.core.triggers.CoreTriggers.PRE_BUILD;
import static dev.slipway.core.triggers.CoreTriggers.PRE_BUILD_BUILDPACK;
import static dev.slipway.core.triggers.CoreTriggers.PRE_RELEASE_BUILDER;
import static dev.slipway.core.triggers.CoreTriggers.PRE_RELEASE_BUILDPACK;

import dev.slipway.builder.image.BuildLabels;
import dev.slipway.builder.image.BuilderSteps;
import dev.slipway.builder.image.BuildpackSigns;
import dev.slipway.core.builder.AppImages;
import dev.slipway.core.builder.BuildCache;
import dev.slipway.core.builder.Builder;
import dev.slipway.core.builder.BuilderTypes;
import dev.slipway.core.call.Call;
import dev.slipway.core.engine.ContainerSpec;
import dev.slipway.core.engine.Contents;
import dev.slipway.core.engine.Engine;
import dev.slipway.core.engine.EngineUnavailable;
import dev.slipway.core.engine.Image;
import dev.slipway.core.error.ToolFailure;
import dev.slipway.core.model.AppName;
import dev.slipway.core.source.SourceTree;
import dev.slipway.core.store.InstallationId;
import dev.slipway.core.triggers.Triggers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@link Builder} for source that buildpacks know what to do with: the source is put into a stack
 * image, whose own {@code /build} turns it into something that runs. Spec: 03 section 5.2.
 */
public final class HerokuishBuilder implements Builder {
  static final String NAME = "herokuish";

  private final Engine engine;
  private final Triggers triggers;
  private final AppImages images;
  private final InstallationId installation;
  private final BuildCache cache;
  private final StackImages stacks;
  private final BuildRules rules;
  private final BuilderSteps steps;
  private final BuildpackSigns signs;
  private final BuildEnvironment environment;
  private final ReleaseLayer layer;

  HerokuishBuilder(
      Engine engine,
      Triggers triggers,
      AppImages images,
      InstallationId installation,
      BuildCache cache,
      StackImages stacks,
      BuildRules rules) {
    this.engine = engine;
    this.triggers = triggers;
    this.images = images;
    this.installation = installation;
    this.cache = cache;
    this.stacks = stacks;
    this.rules = rules;
    this.steps = new BuilderSteps(NAME, triggers);
    this.signs = new BuildpackSigns(triggers);
    this.environment = new BuildEnvironment(triggers);
    this.layer = new ReleaseLayer(engine, triggers, images, installation);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean detects(Call call, AppName app, SourceTree source) {
    return signs.ofClassic(call, app, source);
  }

  @Override
  public void prepare(Call call, AppName app, SourceTree source) {
    // it has no files of its own
  }

  @Override
  public void build(Call call, AppName app, SourceTree source) {
    Stack stack = stacks.choose(call, app);
    call.out().step("Building " + app + " from " + stack.name());
    if (!stack.why().isEmpty()) {
      call.out().detail("Stack image: " + stack.why());
    }
    String user = BuilderTypes.appUser(triggers, call, app);
    source.delete(".dockerignore");
    String image = image(call, app, source, stack.image());
    stacks.require(call, image);
    putSourceInto(call, app, source, image, user);
    steps.deprecated(call, PRE_BUILD_BUILDPACK, PRE_BUILD, app, source.directory());
    triggers.fire(call, PRE_BUILD, NAME, app, source.directory());
    runBuildpacks(call, app, source, user);
    steps.detectUsualPort(call, app);
    steps.deprecated(call, POST_BUILD_BUILDPACK, POST_BUILD, app, source.directory());
    triggers.fire(call, POST_BUILD, NAME, app, source.directory());
  }

  /** A plugin may make an image of its own and name it. */
  private String image(Call call, AppName app, SourceTree source, String stack) {
    triggers.fire(call, BUILDER_CREATE_DOKKU_IMAGE, NAME, app, source.directory(), stack);
    return triggers
        .ask(call, BUILDER_DOKKU_IMAGE, NAME, app, source.directory(), stack)
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .findFirst()
        .orElse(stack);
  }

  private void putSourceInto(Call call, AppName app, SourceTree source, String image, String user) {
    Map<String, String> labels = BuildLabels.build(call, app, NAME, installation);
    ContainerSpec spec = spec(app, "source", BuildLabels.options(labels), image, Map.of());
    try {
      Containers.temporary(
          engine,
          spec,
          id -> {
            AppUser owner = owner(id, user);
            engine.copyIn(
                id, "/app", new Contents.Tree(source.directory(), owner.uid(), owner.gid()));
            engine.commit(
                id,
                AppImages.repository(app),
                "latest",
                labels,
                List.of("WORKDIR /app", "ENV HEROKUISH_DISABLE_CHOWN=true"));
          });
    } catch (EngineUnavailable e) {
      throw e;
    } catch (ToolFailure e) {
      throw new ToolFailure("Failure extracting app code: " + e.getMessage(), e);
    }
  }

  private AppUser owner(String id, String user) {
    return AppUser.of(user, engine.readFile(id, "/etc/passwd").orElse(new byte[0]));
  }

  private static ContainerSpec spec(
      AppName app, String what, List<String> options, String image, Map<String, String> values) {
    return new ContainerSpec(
        Containers.name(app, what), options, image, List.of("/build"), values, Optional.empty());
  }

  private void runBuildpacks(Call call, AppName app, SourceTree source, String user) {
    call.out().step("Adding BUILD_ENV to build environment...");
    Map<String, byte[]> files = environment.files(call, app, source);
    Map<String, String> labels = BuildLabels.build(call, app, NAME, installation);
    List<String> options = options(call, app, user, labels);
    ContainerSpec spec =
        spec(app, "build", options, AppImages.name(app), environment.values(call, app));
    try {
      Containers.temporary(
          engine,
          spec,
          id -> {
            triggers.fire(call, POST_CONTAINER_CREATE, "app", id, app, "build");
            AppUser owner = owner(id, user);
            engine.copyIn(id, "/", new Contents.Files(files, 0600, owner.uid(), owner.gid()));
            call.out().unlessQuiet().detail("BUILD_ENV added successfully");
            new BuildContainer(engine).run(call, id, options);
            engine.commit(
                id,
                AppImages.repository(app),
                "latest",
                labels,
                List.of("CMD [\"/start\", \"web\"]"));
          });
    } catch (EngineUnavailable e) {
      throw e;
    } catch (ToolFailure e) {
      throw new ToolFailure("Failure creating container during app build: " + e.getMessage(), e);
    }
  }

  private List<String> options(Call call, AppName app, String user, Map<String, String> labels) {
    List<String> options = new ArrayList<>(BuildLabels.options(labels));
    options.add("--volume=" + cache.ensure(app) + ":/cache");
    options.add("--env=CACHE_PATH=/cache");
    options.add("--env=USER=" + user);
    options.addAll(rules.of(app).allowed(steps.options(call, app)));
    if (call.trace()) {
      options.addAll(List.of("--env=TRACE=true", "--env=BUILDPACK_XTRACE=1"));
    }
    return options;
  }

  @Override
  public void release(Call call, AppName app, String tag) {
    String image = AppImages.repository(app) + ":" + tag;
    String user = BuilderTypes.appUser(triggers, call, app);
    Optional<String> former = images.current(app).map(Image::id);
    try {
      Optional<String> built = layer.startOver(call, app, user);
      steps.deprecated(call, PRE_RELEASE_BUILDPACK, PRE_RELEASE_BUILDER, app, tag);
      triggers.fire(call, PRE_RELEASE_BUILDER, NAME, app, image);
      layer.apply(call, app, user, built);
      triggers.fire(call, POST_RELEASE_BUILDER, NAME, app, image);
    } catch (RuntimeException e) {
      restore(app, former, e);
      throw e;
    }
  }

  /** What was released before stays what the app's name means. */
  private void restore(AppName app, Optional<String> former, RuntimeException failure) {
    try {
      images.restore(app, former);
    } catch (ToolFailure e) {
      failure.addSuppressed(e);
    }
  }
}
