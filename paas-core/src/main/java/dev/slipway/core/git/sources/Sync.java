package dev.slipway.core.git.sources;

import static dev.slipway.core.triggers.CoreTriggers.DEPLOY_SOURCE_SET;
import static dev.slipway.core.triggers.CoreTriggers.RECEIVE_APP;

import dev.slipway.core.call.Call;
import dev.slipway.core.deploy.GitObjects;
import dev.slipway.core.deploy.Quarantine;
import dev.slipway.core.deploy.Revisions;
import dev.slipway.core.error.ToolFailure;
import dev.slipway.core.error.UserError;
import dev.slipway.core.git.BranchName;
import dev.slipway.core.git.GitProperties;
import dev.slipway.core.git.Repositories;
import dev.slipway.core.model.AppName;
import dev.slipway.core.store.DurableFiles;
import dev.slipway.core.triggers.Triggers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Brings the deploy branch to what another git server has, and deploys that if asked to. Spec: 03
 * section 2.10.
 */
final class Sync {
  /** What is done with what was fetched. */
  enum Build {
    NEVER,
    ALWAYS,
    IF_CHANGED
  }

  /**
   * @param ref as typed, may be empty
   * @param keepDeployBranch not to make a cloned branch the deploy branch
   */
  record Request(RemoteUrl remote, String ref, Build build, boolean keepDeployBranch) {}

  private final Repositories repositories;
  private final GitProperties properties;
  private final Remote remote;
  private final Revisions revisions;
  private final DurableFiles files;
  private final Triggers triggers;

  Sync(
      Repositories repositories,
      GitProperties properties,
      Remote remote,
      Revisions revisions,
      DurableFiles files,
      Triggers triggers) {
    this.repositories = repositories;
    this.properties = properties;
    this.remote = remote;
    this.revisions = revisions;
    this.files = files;
    this.triggers = triggers;
  }

  /**
   * @param call captured
   */
  void run(Call call, AppName app, Request request) {
    String branch = properties.deployBranch(app);
    if (!BranchName.isValid(branch)) {
      throw new UserError(
          "Invalid branch name '"
              + branch
              + "' specified via deploy-branch setting.\n"
              + "For more details, please see the man page for 'git-check-ref-format.'");
    }
    repositories.createIfMissing(app);
    boolean first = repositories.branch(app, branch).isEmpty();
    String what = request.remote() + "#" + request.ref();
    if (first) {
      call.out().unlessQuiet().step("Cloning " + app + " from " + what);
    } else {
      call.out().detail("Fetching remote code for " + app + " from " + what);
    }
    RemoteRef wanted =
        RemoteRef.find(
            remote.refs(call, request.remote()),
            request.ref().isEmpty() ? "refs/heads/" + branch : request.ref());
    try (Quarantine quarantine = Quarantine.in(repositories.path(app), files);
        DeployBranch chosen =
            first ? choose(call, app, branch, wanted, request) : DeployBranch.kept(branch)) {
      String commit = fetch(call, app, quarantine, request.remote(), wanted);
      bring(call, app, quarantine, chosen.name(), commit, request);
      chosen.stays();
      repositories.pointHeadAt(app, chosen.name());
    }
  }

  private DeployBranch choose(
      Call call, AppName app, String branch, RemoteRef wanted, Request request) {
    Optional<String> cloned = wanted.branch();
    if (cloned.isEmpty()) {
      return DeployBranch.kept(branch);
    }
    if (request.keepDeployBranch()) {
      call.out().detail("Detected branch " + cloned.get() + ", skipping deploy-branch setting");
      return DeployBranch.kept(branch);
    }
    call.out().detail("Detected branch, setting deploy-branch to " + cloned.get());
    return DeployBranch.changed(properties, app, cloned.get());
  }

  private String fetch(
      Call call, AppName app, Quarantine quarantine, RemoteUrl url, RemoteRef wanted) {
    Path repository = repositories.path(app);
    Optional<String> direct =
        wanted.wanted().filter(id -> asked(call, app, quarantine, url, id, wanted));
    if (direct.isEmpty()) {
      remote.fetch(call, repository, quarantine, url, wanted.all());
    }
    return remote
        .commit(repository, quarantine, wanted.commit())
        .orElseThrow(() -> new UserError("No such commit at " + url + ": " + wanted.commit()));
  }

  /** Not every server gives a commit by its id. */
  private boolean asked(
      Call call, AppName app, Quarantine quarantine, RemoteUrl url, String id, RemoteRef wanted) {
    try {
      remote.fetch(call, repositories.path(app), quarantine, url, List.of(id));
      return true;
    } catch (ToolFailure e) {
      if (wanted.name().isPresent()) {
        throw e;
      }
      return false;
    }
  }

  private void bring(
      Call call,
      AppName app,
      Quarantine quarantine,
      String branch,
      String commit,
      Request request) {
    call.operation().check();
    Optional<String> former = repositories.branch(app, branch);
    String ref = "refs/heads/" + branch;
    switch (request.build()) {
      case NEVER -> {
        quarantine.keep();
        revisions.moveRef(repositories.path(app), ref, commit, former);
      }
      case IF_CHANGED -> {
        if (former.filter(commit::equals).isPresent()) {
          call.out().detail("Skipping build as no changes were detected");
        } else {
          build(call, app, quarantine, ref, commit, request.remote());
        }
      }
      case ALWAYS -> build(call, app, quarantine, ref, commit, request.remote());
    }
  }

  private void build(
      Call call, AppName app, Quarantine quarantine, String ref, String commit, RemoteUrl url) {
    Call inside =
        call.with(quarantine.variables())
            .with(
                Map.of(
                    GitObjects.MOVING_REF,
                    ref,
                    GitObjects.SOURCE_IMAGE,
                    "",
                    GitObjects.REMOTE,
                    url.text()));
    triggers.fire(inside, RECEIVE_APP, app, commit);
    triggers.fire(
        call.with(GitObjects.SOURCE_IMAGE, ""),
        DEPLOY_SOURCE_SET,
        app,
        "git-sync",
        url + "#" + commit);
  }
}
