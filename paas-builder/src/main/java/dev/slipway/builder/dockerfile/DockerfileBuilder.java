package dev.slipway.builder.dockerfile;

import static dev.slipway.core.triggers.CoreTriggers.POST_BUILD;
import static dev.slipway.core.triggers.CoreTriggers.POST_BUILD_DOCKERFILE;
import static dev.slipway.core.triggers.CoreTriggers.POST_RELEASE_BUILDER;
import static dev.slipway.core.triggers.CoreTriggers.PRE_BUILD;
import static dev.slipway.core.triggers.CoreTriggers.PRE_BUILD_DOCKERFILE;
import static dev.slipway.core.triggers.CoreTriggers.PRE_RELEASE_BUILDER;
import static dev.slipway.core.triggers.CoreTriggers.PRE_RELEASE_DOCKERFILE;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.builder.image.BuildLabels;
import dev.slipway.builder.image.BuilderSteps;
import dev.slipway.builder.image.BuildpackSigns;
import dev.slipway.builder.image.DockerClient;
import dev.slipway.builder.image.HostPlaces;
import dev.slipway.builder.image.Relabelling;
import dev.slipway.core.builder.AppImages;
import dev.slipway.core.builder.Builder;
import dev.slipway.core.builder.BuilderKey;
import dev.slipway.core.call.Call;
import dev.slipway.core.call.Call.PipedPrograms;
import dev.slipway.core.config.ExportedConfig;
import dev.slipway.core.engine.Engine;
import dev.slipway.core.engine.Image;
import dev.slipway.core.error.UserError;
import dev.slipway.core.model.AppName;
import dev.slipway.core.model.PortMapping;
import dev.slipway.core.source.SourceTree;
import dev.slipway.core.store.InstallationId;
import dev.slipway.core.store.PropertyStore;
import dev.slipway.core.triggers.Triggers;
import java.util.List;
import java.util.Map;

/** {@link Builder} for source with a Dockerfile. Spec: 03 section 5.1. */
public final class DockerfileBuilder implements Builder {
  private static final String NAME = "dockerfile";
  private static final String FILE = "Dockerfile";
  private static final int LIMIT = 1 << 20;

  private final Triggers triggers;
  private final PropertyStore properties;
  private final AppImages images;
  private final InstallationId installation;
  private final HostPlaces places;
  private final ImageBuild docker;
  private final Relabelling relabelling;
  private final BuilderSteps steps;
  private final BuildpackSigns signs;

  /**
   * @param host the daemon's own environment
   * @param places where the files of secrets may lie
   */
  public DockerfileBuilder(
      Triggers triggers,
      PropertyStore properties,
      AppImages images,
      InstallationId installation,
      Engine engine,
      PipedPrograms programs,
      Map<String, String> host,
      HostPlaces places) {
    this.triggers = triggers;
    this.properties = properties;
    this.images = images;
    this.installation = installation;
    this.places = places;
    DockerClient client = new DockerClient(programs, host);
    this.docker = new ImageBuild(engine, client);
    this.relabelling = new Relabelling(images, installation, client, programs);
    this.steps = new BuilderSteps(NAME, triggers);
    this.signs = new BuildpackSigns(triggers);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean detects(Call call, AppName app, SourceTree source) {
    return source.hasFile(FILE)
        && !signs.ofCloudNative(source)
        && !signs.ofClassic(call, app, source);
  }

  @Override
  public void prepare(Call call, AppName app, SourceTree source) {
    String path =
        SourceTree.trimmed(
            properties.effective(
                BuilderKey.DOCKERFILE.plugin(), app, BuilderKey.DOCKERFILE.key(), FILE));
    if (path.equals(FILE)) {
      return;
    }
    if (!source.hasFile(path)) {
      throw new UserError("Invalid dockerfile-path specified: " + path);
    }
    source.move(path, FILE);
  }

  @Override
  public void build(Call call, AppName app, SourceTree source) {
    call.out().step("Building " + app + " from Dockerfile");
    byte[] dockerfile =
        source
            .read(FILE, LIMIT)
            .orElseThrow(() -> new UserError("No Dockerfile found in source code directory"));
    steps.deprecated(call, PRE_BUILD_DOCKERFILE, PRE_BUILD, app);
    triggers.fire(call, PRE_BUILD, NAME, app, source.directory());
    BuildOptions options = options(call, app);
    docker.build(
        call,
        app,
        source.directory(),
        options,
        BuildLabels.build(call, app, NAME, installation),
        new ConfigForBuild(ExportedConfig.own(triggers, call, app)).valuesFor(options, call.out()));
    detectPorts(call, app, new String(dockerfile, UTF_8));
    steps.deprecated(call, POST_BUILD_DOCKERFILE, POST_BUILD, app);
    triggers.fire(call, POST_BUILD, NAME, app, source.directory());
  }

  private BuildOptions options(Call call, AppName app) {
    return BuildOptions.known(steps.options(call, app), places);
  }

  private void detectPorts(Call call, AppName app, String dockerfile) {
    List<PortMapping> ports = ExposedPorts.ofDockerfile(dockerfile);
    if (ports.isEmpty()) {
      ports = ExposedPorts.mappings(images.current(app).map(Image::exposed).orElse(List.of()));
    }
    if (ports.isEmpty()) {
      steps.detectUsualPort(call, app);
    } else {
      steps.detectPorts(call, app, ports);
    }
  }

  @Override
  public void release(Call call, AppName app, String tag) {
    String image = AppImages.repository(app) + ":" + tag;
    steps.deprecated(call, PRE_RELEASE_DOCKERFILE, PRE_RELEASE_BUILDER, app, tag);
    triggers.fire(call, PRE_RELEASE_BUILDER, NAME, app, image);
    relabelling.release(call, app);
    triggers.fire(call, POST_RELEASE_BUILDER, NAME, app, image);
  }
}
