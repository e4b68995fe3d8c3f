package dev.slipway.core.deploy;

import static dev.slipway.core.triggers.CoreTriggers.APP_EXISTS;
import static dev.slipway.core.triggers.CoreTriggers.BUILDER_BUILD;
import static dev.slipway.core.triggers.CoreTriggers.BUILDER_SET_PROPERTY;
import static dev.slipway.core.triggers.CoreTriggers.CORE_POST_EXTRACT;
import static dev.slipway.core.triggers.CoreTriggers.POST_EXTRACT;
import static dev.slipway.core.triggers.CoreTriggers.PRE_RECEIVE_APP;
import static dev.slipway.core.triggers.CoreTriggers.RELEASE_AND_DEPLOY;

import dev.slipway.core.builder.AppImages;
import dev.slipway.core.builder.Builders;
import dev.slipway.core.builder.Cleanup;
import dev.slipway.core.builds.Builds;
import dev.slipway.core.call.Call;
import dev.slipway.core.call.Operation;
import dev.slipway.core.engine.Image;
import dev.slipway.core.error.ToolFailure;
import dev.slipway.core.error.UserError;
import dev.slipway.core.journal.Journal;
import dev.slipway.core.journal.Step;
import dev.slipway.core.model.AppName;
import dev.slipway.core.triggers.Trigger;
import dev.slipway.core.triggers.TriggerFailed;
import dev.slipway.core.triggers.Triggers;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From unpacked source to a running app: each step is a trigger, in the reference's order. A failed
 * build or release leaves the app's image as it was. Spec: 03 sections 12 and 13.
 */
public final class BuildSteps {
  private static final Logger log = LoggerFactory.getLogger(BuildSteps.class);

  private final Triggers triggers;
  private final Builders builders;
  private final AppImages images;
  private final Cleanup cleanup;

  public BuildSteps(Triggers triggers, Builders builders, AppImages images, Cleanup cleanup) {
    this.triggers = triggers;
    this.builders = builders;
    this.images = images;
    this.cleanup = cleanup;
  }

  /** Refuses an image under the app's name that is not ours, before anything is done. */
  void requireOwnImage(AppName app) {
    images.current(app);
  }

  void appExists(Call call, AppName app) {
    triggers.fire(call, APP_EXISTS, app);
  }

  /** Everything between the unpacked source and the running app. */
  void run(Call call, AppName app, Path directory, String revision, Journal.Entry entry) {
    Optional<String> former = images.lastRelease(app).map(Image::id);
    entry.step(Step.EXTRACTED, Map.of(Facts.FORMER_IMAGE, former.orElse("")));
    triggers.fire(call, CORE_POST_EXTRACT, app, directory, revision);
    fireGoingOn(call, POST_EXTRACT, app, directory, revision);
    String builder = builders.pick(call, app, directory);
    fireGoingOn(call, PRE_RECEIVE_APP, app, builder, directory, revision);
    call.operation().check();
    cleanup.run(call, Optional.of(app));
    fireGoingOn(call, BUILDER_SET_PROPERTY, app, "detected", builder);
    call.operation().phase(Operation.BUILD);
    try {
      build(call, app, builder, directory, former);
      String built = images.current(app).map(Image::id).orElse("");
      entry.step(Step.BUILT, Map.of(Facts.IMAGE, built));
      call.operation().check();
      triggers.fire(call, RELEASE_AND_DEPLOY, app);
    } catch (RuntimeException e) {
      restore(call, app, former, e);
      throw e;
    }
  }

  /** The contract lets a failure here pass. */
  private void fireGoingOn(Call call, Trigger trigger, Object... arguments) {
    try {
      triggers.fire(call, trigger, arguments);
    } catch (UserError | ToolFailure | TriggerFailed e) {
      Failures.show(call, e);
    }
  }

  private void build(
      Call call, AppName app, String builder, Path directory, Optional<String> former) {
    try {
      triggers.fire(call, BUILDER_BUILD, builder, app, directory);
    } catch (UserError | ToolFailure | TriggerFailed e) {
      Failures.show(call, e);
      if (former.isPresent()) {
        call.out().warn("Retagging old image " + former.get() + " as " + AppImages.name(app));
      } else {
        call.out().warn("Removing invalid image tag " + AppImages.name(app));
      }
      UserError failed = new UserError("App build failed");
      failed.initCause(e);
      throw failed;
    }
  }

  /** What the build made is of no use then, and not to lie about until somebody cleans up. */
  private void restore(Call call, AppName app, Optional<String> former, RuntimeException failure) {
    try {
      if (!images.serves(app)) {
        images.restore(app, former);
      }
      call.variable(Builds.ID).ifPresent(build -> images.removeUnnamed(app, build));
    } catch (ToolFailure | UserError e) {
      failure.addSuppressed(e);
      log.warn("image of app={} not restored: {}", app, e.getMessage());
    }
  }
}
