package dev.slipway.core.builder;

import dev.slipway.core.engine.Engine;
import dev.slipway.core.engine.Image;
import dev.slipway.core.engine.Labels;
import dev.slipway.core.error.UserError;
import dev.slipway.core.model.AppName;
import dev.slipway.core.store.DurableFiles;
import dev.slipway.core.store.InstallationId;
import dev.slipway.core.store.Roots;
import dev.slipway.core.store.StateFiles;
import java.util.List;
import java.util.Optional;

/**
 * The images named {@code dokku/APP:latest}: whose they are, and putting the former one back. Spec:
 * 03 sections 10.1 and 13.
 */
public final class AppImages {
  private static final String TAG = "latest";

  private final Engine engine;
  private final StateFiles state;
  private final InstallationId installation;

  public AppImages(Engine engine, Roots roots, DurableFiles files, InstallationId installation) {
    this.engine = engine;
    this.state = new StateFiles(roots, files);
    this.installation = installation;
  }

  public static String repository(AppName app) {
    return "dokku/" + app;
  }

  public static String name(AppName app) {
    return repository(app) + ":" + TAG;
  }

  /**
   * The image under the app's name.
   *
   * @throws UserError naming its owner, if it was not made for this app by this installation or by
   *     the reference
   */
  public Optional<Image> current(AppName app) {
    Optional<Image> image = engine.image(name(app));
    image.ifPresent(found -> requireOurs(app, found));
    return image;
  }

  private void requireOurs(AppName app, Image image) {
    if (isOurs(app, image)) {
      return;
    }
    String owner = image.labels().getOrDefault(Labels.INSTALLATION, "");
    String whose =
        owner.isEmpty()
            ? "was not made for this app (its labels: " + image.labels() + ")"
            : "belongs to the installation " + owner + ", this one is " + installation;
    throw new UserError(
        "The image "
            + name(app)
            + " "
            + whose
            + ". It is left alone; remove or retag it to deploy here");
  }

  private boolean isOurs(AppName app, Image image) {
    String owner = image.labels().getOrDefault(Labels.INSTALLATION, "");
    return app.value().equals(image.labels().get(Labels.APP))
        && (owner.isEmpty() || owner.equals(installation.value()));
  }

  /** The image of the last release: what the name says, else the newest that is labelled so. */
  public Optional<Image> lastRelease(AppName app) {
    return current(app)
        .filter(image -> "release".equals(image.labels().get(Labels.IMAGE_STAGE)))
        .or(() -> labelled(app).stream().findFirst());
  }

  private List<Image> labelled(AppName app) {
    List<String> labels =
        List.of(Labels.with(Labels.APP, app.value()), Labels.with(Labels.IMAGE_STAGE, "release"));
    return engine.images(labels, false).stream().filter(image -> isOurs(app, image)).toList();
  }

  /** Gives the app's name back to a former image, or to none. */
  public void restore(AppName app, Optional<String> former) {
    Optional<Image> now = current(app);
    if (former.isPresent()) {
      if (now.filter(image -> image.id().equals(former.get())).isEmpty()
          && engine.image(former.get()).isPresent()) {
        engine.tag(former.get(), repository(app), TAG);
      }
    } else if (now.isPresent()) {
      engine.removeImage(name(app));
    }
  }

  /** Removes every image that this installation made for an app, as far as nothing uses it. */
  void removeAll(AppName app) {
    List<String> labels =
        List.of(
            Labels.with(Labels.APP, app.value()),
            Labels.with(Labels.INSTALLATION, installation.value()));
    if (engine.image(name(app)).filter(image -> isOurs(app, image)).isPresent()) {
      engine.removeImage(name(app));
    }
    engine.images(labels, false).forEach(this::remove);
  }

  /** One with several names is only removed name by name. */
  private void remove(Image image) {
    if (image.tags().isEmpty()) {
      engine.removeImage(image.id());
    }
    image.tags().forEach(engine::removeImage);
  }

  /** Removes what a build made and nothing names. */
  public void removeUnnamed(AppName app, String build) {
    List<String> labels =
        List.of(
            Labels.with(Labels.APP, app.value()),
            Labels.with(Labels.INSTALLATION, installation.value()),
            Labels.with(Labels.BUILD, build));
    engine.images(labels, true).forEach(image -> engine.removeImage(image.id()));
  }

  /** Whether a container that the app's state files name runs from the image under its name. */
  public boolean serves(AppName app) {
    Optional<Image> now = current(app);
    return now.isPresent()
        && state.ids(app).stream()
            .flatMap(id -> engine.container(id).stream())
            .anyMatch(container -> container.imageId().equals(now.get().id()));
  }
}
