package dev.slipway.core.git;

import static dev.slipway.core.triggers.CoreTriggers.CONFIG_SET;
import static dev.slipway.core.triggers.CoreTriggers.DEPLOY_SOURCE_SET;

import dev.slipway.core.call.Call;
import dev.slipway.core.deploy.Deployments;
import dev.slipway.core.deploy.Source;
import dev.slipway.core.error.UserError;
import dev.slipway.core.model.AppName;
import dev.slipway.core.triggers.Triggers;
import java.util.Optional;

/** Builds what a repository holds, or what is being pushed to it. Spec: 03 section 2.4. */
public final class GitPush {
  private final Repositories repositories;
  private final GitProperties properties;
  private final Deployments deployments;
  private final Triggers triggers;

  public GitPush(
      Repositories repositories,
      GitProperties properties,
      Deployments deployments,
      Triggers triggers) {
    this.repositories = repositories;
    this.properties = properties;
    this.deployments = deployments;
    this.triggers = triggers;
  }

  /** Builds a commit that is being pushed to a ref. */
  void pushed(Call captured, AppName app, String commit, String ref) {
    deployments.build(captured, app, new Revision(app, commit, Optional.of(ref)));
    triggers.fire(captured, DEPLOY_SOURCE_SET, app, "git-push", commit);
  }

  /** Builds a revision, or the head of the deploy branch; does nothing without a repository. */
  void received(Call captured, AppName app, Optional<String> revision) {
    if (!repositories.exists(app)) {
      return;
    }
    Source source =
        revision
            .<Source>map(rev -> new Revision(app, rev, Optional.empty()))
            .orElseGet(() -> new Head(app));
    deployments.build(captured, app, source);
  }

  private final class Revision implements Source {
    private final AppName app;
    private final String revision;
    private final Optional<String> ref;

    Revision(AppName app, String revision, Optional<String> ref) {
      this.app = app;
      this.revision = revision;
      this.ref = ref;
    }

    @Override
    public String revision(Call call) {
      properties
          .revisionVariable(app)
          .ifPresent(
              name -> triggers.ask(call, CONFIG_SET, "--no-restart", app, name + "=" + revision));
      return revision;
    }

    @Override
    public Optional<String> pushedRef() {
      return ref;
    }
  }

  private final class Head implements Source {
    private final AppName app;

    Head(AppName app) {
      this.app = app;
    }

    @Override
    public String revision(Call call) {
      String branch = properties.deployBranch(app);
      return repositories
          .branch(app, branch)
          .orElseThrow(
              () -> {
                RemoteLines.step(
                    call,
                    "WARNING: Cannot build from '"
                        + branch
                        + "' as there are no commits stored at that branch.");
                return UserError.silent(1);
              });
    }

    @Override
    public Optional<String> pushedRef() {
      return Optional.empty();
    }
  }
}
