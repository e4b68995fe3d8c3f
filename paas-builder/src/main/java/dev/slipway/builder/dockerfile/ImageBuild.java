package dev.slipway.builder.dockerfile;

import dev.slipway.builder.image.BuildLabels;
import dev.slipway.builder.image.DockerClient;
import dev.slipway.core.builder.AppImages;
import dev.slipway.core.call.Call;
import dev.slipway.core.call.Program;
import dev.slipway.core.engine.Engine;
import dev.slipway.core.error.UserError;
import dev.slipway.core.model.AppName;
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

  ImageBuild(Engine engine, DockerClient client) {
    this.engine = engine;
    this.client = client;
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
    if (!found.get().buildKit()) {
      words.add("--force-rm"); // else the container of a step that failed stays
    }
    words.add(".");
    int status =
        call.foreground()
            .run(Program.of(found.get().file(), words, environment, directory).survivingHangup());
    if (status != 0) {
      throw UserError.silent(status);
    }
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
