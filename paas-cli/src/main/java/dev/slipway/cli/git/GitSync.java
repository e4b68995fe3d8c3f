package dev.slipway.cli.git;

import dev.slipway.core.call.Call;
import dev.slipway.core.git.sources.GitSources;
import dev.slipway.core.model.AppName;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code git:sync}; of the two flags that ask for a build the last one counts. */
@Command(name = "git:sync", description = "Brings an app to what another git server has")
final class GitSync implements Runnable {
  private final GitSources sources;
  private final Call call;
  private String build = "";

  @Option(names = "--skip-deploy-branch", description = "keep the deploy branch as it is")
  private boolean skipDeployBranch;

  @Parameters(index = "0", arity = "0..1", defaultValue = "", paramLabel = "APP")
  private @Nullable AppName app;

  @Parameters(index = "1", arity = "0..1", defaultValue = "", paramLabel = "REPOSITORY")
  private String repository = "";

  @Parameters(index = "2", arity = "0..1", defaultValue = "", paramLabel = "REF")
  private String ref = "";

  GitSync(GitSources sources, Call call) {
    this.sources = sources;
    this.call = call;
  }

  @Option(names = "--build", description = "build in any case")
  void setBuild(boolean given) {
    build = given ? "--build" : build;
  }

  @Option(names = "--build-if-changes", description = "build if the branch has moved")
  void setBuildIfChanges(boolean given) {
    build = given ? "--build-if-changes" : build;
  }

  @Override
  public void run() {
    sources.sync(call, Objects.requireNonNull(app), repository, ref, build, skipDeployBranch);
  }
}
