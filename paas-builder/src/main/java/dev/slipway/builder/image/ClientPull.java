package dev.slipway.builder.image;

import dev.slipway.core.call.Call;
import dev.slipway.core.call.Call.PipedPrograms;
import dev.slipway.core.call.Program;
import dev.slipway.core.call.Streams;
import dev.slipway.core.git.sources.ImagePull;
import dev.slipway.core.git.sources.ImageReference;
import dev.slipway.core.model.AppName;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@link ImagePull} by the docker client, which knows where credentials are kept. */
public final class ClientPull implements ImagePull {
  private final DockerClient client;
  private final PipedPrograms programs;

  /**
   * @param host the daemon's own environment
   */
  public ClientPull(PipedPrograms programs, Map<String, String> host) {
    this.client = new DockerClient(programs, host);
    this.programs = programs;
  }

  @Override
  public boolean pull(Call call, AppName app, ImageReference image) {
    Optional<DockerClient.Found> found = client.find(call);
    if (found.isEmpty()) {
      call.out().warn("There is no docker client on this server to pull images with");
      return false;
    }
    Program program =
        Program.of(
            found.get().file(),
            List.of("image", "pull", image.text()),
            client.environment(call, found.get().buildKit()),
            Path.of("/"));
    Streams streams =
        new Streams(InputStream.nullInputStream(), call.streams().out(), call.streams().err());
    return programs.run(program, streams) == 0;
  }
}
