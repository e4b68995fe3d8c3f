package dev.slipway.cli.git;

import dev.slipway.core.call.Call;
import dev.slipway.core.git.sources.GitSources;
import dev.slipway.core.model.AppName;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code git:from-image}. */
@Command(name = "git:from-image", description = "Deploys an image")
final class GitFromImage implements Runnable {
  private final GitSources sources;
  private final Call call;

  @Option(names = "--build-dir", defaultValue = "", description = "folder to build in")
  private String buildDirectory = "";

  @Option(names = "--force", description = "pull the image even if it is here")
  private boolean force;

  @Parameters(index = "0", arity = "0..1", defaultValue = "", paramLabel = "APP")
  private @Nullable AppName app;

  @Parameters(index = "1", arity = "0..1", defaultValue = "", paramLabel = "IMAGE")
  private String image = "";

  @Parameters(index = "2", arity = "0..1", defaultValue = "", paramLabel = "USER")
  private String user = "";

  @Parameters(index = "3", arity = "0..1", defaultValue = "", paramLabel = "EMAIL")
  private String email = "";

  GitFromImage(GitSources sources, Call call) {
    this.sources = sources;
    this.call = call;
  }

  @Override
  public void run() {
    sources.fromImage(call, Objects.requireNonNull(app), image, force, buildDirectory, user, email);
  }
}
