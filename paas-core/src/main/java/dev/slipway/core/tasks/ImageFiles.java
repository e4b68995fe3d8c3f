package dev.slipway.core.tasks;

import dev.slipway.core.call.Call;
import dev.slipway.core.engine.ContainerSpec;
import dev.slipway.core.engine.Engine;
import dev.slipway.core.engine.Image;
import dev.slipway.core.engine.Labels;
import dev.slipway.core.error.UserError;
import dev.slipway.core.model.AppName;
import dev.slipway.core.source.ImageSource;
import dev.slipway.core.store.InstallationId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@link ImageSource} by a container that is made of the image and never started. Spec: 03 section
 * 7.1.
 */
public final class ImageFiles implements ImageSource {
  private final Engine engine;
  private final InstallationId installation;
  private final ThrowAway containers;

  public ImageFiles(Engine engine, InstallationId installation, ThrowAway containers) {
    this.engine = engine;
    this.installation = installation;
    this.containers = containers;
  }

  @Override
  public Optional<byte[]> read(Call call, AppName app, String image, String path, int limit) {
    Image found =
        engine
            .image(image)
            .orElseThrow(() -> new UserError("The image " + image + " is not there to be read"));
    ContainerSpec spec =
        new ContainerSpec(
            ThrowAway.name(app, "extract"),
            List.of(
                "--label=" + Labels.with(Labels.INSTALLATION, installation.value()),
                "--label=" + Labels.with(Labels.APP, app.value())),
            found.id(),
            List.of("true"),
            Map.of(),
            Optional.empty());
    Optional<byte[]> content =
        containers.with(call, app, spec, id -> engine.readFile(id, folder(found) + "/" + path));
    if (content.filter(bytes -> bytes.length > limit).isPresent()) {
      throw new UserError(path + " is larger than " + limit + " bytes");
    }
    return content;
  }

  private static String folder(Image image) {
    String home = SourceType.of(image).home();
    return home.isEmpty() ? image.workdir() : home;
  }
}
