package dev.slipway.builder.dockerfile;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.core.builder.AppImages;
import dev.slipway.core.call.Call;
import dev.slipway.core.call.Call.PipedPrograms;
import dev.slipway.core.call.Program;
import dev.slipway.core.call.Streams;
import dev.slipway.core.engine.Engine;
import dev.slipway.core.engine.Image;
import dev.slipway.core.error.ToolFailure;
import dev.slipway.core.error.UserError;
import dev.slipway.core.model.AppName;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs the builds: by the docker client with BuildKit where there is one, else by the client's old
 * way, else by the engine alone; a notice says when it is not the first.
 */
final class ImageBuild {
  private static final String NOT_BUILDKIT =
      "BuildKit is not available (the docker client has no buildx): building the old way";

  private final Engine engine;
  private final DockerClient client;
  private final PipedPrograms programs;

  ImageBuild(Engine engine, DockerClient client, PipedPrograms programs) {
    this.engine = engine;
    this.client = client;
    this.programs = programs;
  }

  /**
   * Builds a directory to {@code dokku/APP:latest}; the output is shown as it comes.
   *
   * @param variables values for options that name a variable only
   * @throws UserError without text if the build fails; the client has said why
   */
  void build(
      Call call,
      AppName app,
      Path directory,
      BuildOptions options,
      Map<String, String> labels,
      Map<String, String> variables) {
    Optional<DockerClient.Found> found = client.find(call);
    if (found.isEmpty()) {
      call.out().warn("There is no docker client: building by the engine, without docker options");
      engine.build(directory, Map.of(), labels, AppImages.name(app), call.out()::line);
      return;
    }
    if (!found.get().buildKit()) {
      call.out().warn(NOT_BUILDKIT);
    }
    Map<String, String> environment = new HashMap<>(variables);
    environment.putAll(client.environment(call, found.get().buildKit()));
    List<String> words = words(app, options, labels);
    words.add(".");
    int status =
        call.foreground()
            .run(Program.of(found.get().file(), words, environment, directory).survivingHangup());
    if (status != 0) {
      throw UserError.silent(status);
    }
  }

  /**
   * Puts labels onto {@code dokku/APP:latest}; the output is shown only if that fails.
   *
   * @throws ToolFailure if it fails
   */
  void relabel(Call call, AppName app, Image image, Map<String, String> labels) {
    DockerClient.Found found =
        client
            .find(call)
            .orElseThrow(() -> new ToolFailure("Failure injecting docker labels on image"));
    List<String> words = words(app, new BuildOptions(platform(call, image)), labels);
    words.add("-");
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

  /** The client's words up to the context. */
  static List<String> words(AppName app, BuildOptions options, Map<String, String> labels) {
    List<String> words = new ArrayList<>(List.of("image", "build"));
    words.addAll(BuildLabels.options(labels));
    words.addAll(options.words());
    words.addAll(List.of("--tag", AppImages.name(app)));
    return words;
  }
}
