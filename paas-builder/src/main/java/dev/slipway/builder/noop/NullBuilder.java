package dev.slipway.builder.noop;

import static dev.slipway.core.triggers.CoreTriggers.POST_RELEASE_BUILDER;
import static dev.slipway.core.triggers.CoreTriggers.PRE_RELEASE_BUILDER;

import dev.slipway.builder.image.DockerClient;
import dev.slipway.builder.image.Relabelling;
import dev.slipway.core.builder.AppImages;
import dev.slipway.core.builder.Builder;
import dev.slipway.core.call.Call;
import dev.slipway.core.call.Call.PipedPrograms;
import dev.slipway.core.error.UserError;
import dev.slipway.core.model.AppName;
import dev.slipway.core.source.SourceTree;
import dev.slipway.core.store.InstallationId;
import dev.slipway.core.triggers.Triggers;
import java.util.Map;

/**
 * {@link Builder} for apps whose image somebody else makes: a plugin, or an administrator who tags
 * it. Only selected, never detected. Spec: 03 section 5.7.
 */
public final class NullBuilder implements Builder {
  private static final String NAME = "null";

  private final Triggers triggers;
  private final AppImages images;
  private final Relabelling relabelling;

  /**
   * @param host the daemon's own environment
   */
  public NullBuilder(
      Triggers triggers,
      AppImages images,
      InstallationId installation,
      PipedPrograms programs,
      Map<String, String> host) {
    this.triggers = triggers;
    this.images = images;
    this.relabelling =
        new Relabelling(images, installation, new DockerClient(programs, host), programs);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean detects(Call call, AppName app, SourceTree source) {
    return false;
  }

  @Override
  public void prepare(Call call, AppName app, SourceTree source) {
    // it has no files of its own
  }

  @Override
  public void build(Call call, AppName app, SourceTree source) {
    if (images.current(app).isEmpty()) {
      throw new UserError(
          "App image ("
              + AppImages.name(app)
              + ") not found: the builder 'null' builds nothing, so make and tag the image first,"
              + " with the label com.dokku.app-name="
              + app);
    }
  }

  @Override
  public void release(Call call, AppName app, String tag) {
    String image = AppImages.repository(app) + ":" + tag;
    triggers.fire(call, PRE_RELEASE_BUILDER, NAME, app, image);
    relabelling.release(call, app);
    triggers.fire(call, POST_RELEASE_BUILDER, NAME, app, image);
  }
}
