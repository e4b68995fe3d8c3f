package dev.slipway.builder.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.core.builder.AppImages;
import dev.slipway.core.call.Call;
import dev.slipway.core.call.Call.PipedPrograms;
import dev.slipway.core.call.Program;
import dev.slipway.core.call.Streams;
import dev.slipway.core.engine.Image;
import dev.slipway.core.error.ToolFailure;
import dev.slipway.core.model.AppName;
import dev.slipway.core.store.InstallationId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Marks a built image as a release, without a layer of its own. Spec: 03 section 5.1. */
public final class Relabelling {
  private final AppImages images;
  private final InstallationId installation;
  private final DockerClient client;
  private final PipedPrograms programs;

  public Relabelling(
      AppImages images, InstallationId installation, DockerClient client, PipedPrograms programs) {
    this.images = images;
    this.installation = installation;
    this.client = client;
    this.programs = programs;
  }

  /**
   * Puts the labels of a release onto {@code dokku/APP:latest} unless it has them; the client's
   * output is shown only if that fails.
   *
   * @throws ToolFailure if it fails
   */
  public void release(Call call, AppName app) {
    Map<String, String> labels = BuildLabels.release(app, installation);
    images
        .current(app)
        .filter(found -> !labels.entrySet().stream().allMatch(found.labels().entrySet()::contains))
        .ifPresent(found -> relabel(call, app, found, labels));
  }

  private void relabel(Call call, AppName app, Image image, Map<String, String> labels) {
    DockerClient.Found found =
        client
            .find(call)
            .orElseThrow(() -> new ToolFailure("Failure injecting docker labels on image"));
    List<String> words = new ArrayList<>(List.of("image", "build"));
    words.addAll(BuildLabels.options(labels));
    words.addAll(platform(call, image));
    words.addAll(List.of("--tag", AppImages.name(app), "-"));
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    byte[] dockerfile = ("FROM " + AppImages.name(app) + "\n").getBytes(UTF_8);
    int status =
        programs.run(
            Program.of(
                found.file(), words, client.environment(call, found.buildKit()), Path.of("/")),
            new Streams(new ByteArrayInputStream(dockerfile), said, said));
    if (status != 0) {
      said.toString(UTF_8).lines().forEach(call.out()::errorLine);
      throw new ToolFailure("Failure injecting docker labels on image");
    }
  }

  private static List<String> platform(Call call, Image image) {
    boolean foreign =
        image.architecture().equals("amd64") && !System.getProperty("os.arch").equals("amd64");
    if (!foreign) {
      return List.of();
    }
    call.out().warn("Detected linux/amd64 image, forcing --platform=linux/amd64");
    return List.of("--platform=linux/amd64");
  }
}
