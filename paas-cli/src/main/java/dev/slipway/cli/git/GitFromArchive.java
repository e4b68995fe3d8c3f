package dev.slipway.cli.git;

import dev.slipway.core.call.Call;
import dev.slipway.core.git.sources.GitSources;
import dev.slipway.core.model.AppName;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code git:from-archive}. */
@Command(name = "git:from-archive", description = "Deploys what is in an archive")
final class GitFromArchive implements Runnable {
  private final GitSources sources;
  private final Call call;

  @Option(names = "--archive-type", defaultValue = "tar", description = "tar, tar.gz or zip")
  private String type = "";

  @Parameters(index = "0", arity = "0..1", defaultValue = "", paramLabel = "APP")
  private @Nullable AppName app;

  @Parameters(index = "1", arity = "0..1", defaultValue = "", paramLabel = "URL")
  private String url = "";

  @Parameters(index = "2", arity = "0..1", defaultValue = "", paramLabel = "USER")
  private String user = "";

  @Parameters(index = "3", arity = "0..1", defaultValue = "", paramLabel = "EMAIL")
  private String email = "";

  GitFromArchive(GitSources sources, Call call) {
    this.sources = sources;
    this.call = call;
  }

  @Override
  public void run() {
    sources.fromArchive(call, Objects.requireNonNull(app), type, url, user, email);
  }
}
