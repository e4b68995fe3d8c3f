package dev.slipway.core.git;

import static dev.slipway.core.triggers.CoreTriggers.CONFIG_SET;
import static dev.slipway.core.triggers.CoreTriggers.DEPLOY_SOURCE_SET;

import dev.slipway.core.call.Call;
import dev.slipway.core.deploy.Deployments;
import dev.slipway.core.deploy.GitObjects;
import dev.slipway.core.deploy.Source;
import dev.slipway.core.error.UserError;
import dev.slipway.core.model.AppName;
import dev.slipway.core.triggers.Triggers;
import java.util.Optional;
import java.util.function.Function;

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
    Call fromSource = captured.with(GitObjects.SOURCE_IMAGE, "");
    deployments.build(fromSource, app, new Revision(app, call -> commit, Optional.of(ref), true));
    triggers.fire(fromSource, DEPLOY_SOURCE_SET, app, "git-push", commit);
  }

  /**
   * Builds a revision, or the head of the deploy branch; does nothing without a repository. Where
   * the call says so a ref moves to the revision in the end.
   */
  void received(Call captured, AppName app, Optional<String> revision) {
    if (!repositories.exists(app)) {
      return;
    }
    Optional<String> ref =
        captured.variable(GitObjects.MOVING_REF).filter(name -> name.startsWith("refs/heads/"));
    Source source =
        revision
            .<Source>map(rev -> new Revision(app, call -> rev, ref, false))
            .orElseGet(() -> new Head(app));
    deployments.build(captured, app, source);
  }

  /**
   * Builds what is made under the lease, and moves a branch to it in the end.
   *
   * @param captured a call whose objects are in a quarantine
   * @param make gives the commit
   */
  public void made(Call captured, AppName app, String branch, Function<Call, String> make) {
    Optional<String> ref = Optional.of("refs/heads/" + branch);
    deployments.build(captured, app, new Revision(app, make, ref, false));
  }

  private final class Revision implements Source {
    private final AppName app;
    private final Function<Call, String> find;
    private final Optional<String> ref;
    private final boolean byGit;

    Revision(AppName app, Function<Call, String> find, Optional<String> ref, boolean byGit) {
      this.app = app;
      this.find = find;
      this.ref = ref;
      this.byGit = byGit;
    }

    @Override
    public String revision(Call call) {
      String revision = find.apply(call);
      properties
          .revisionVariable(app)
          .ifPresent(
              name -> triggers.ask(call, CONFIG_SET, "--no-restart", app, name + "=" + revision));
      return revision;
    }

    @Override
    public Optional<String> movingRef() {
      return ref;
    }

    @Override
    public boolean movedByGit() {
      return byGit;
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
    public Optional<String> movingRef() {
      return Optional.empty();
    }
  }
}
