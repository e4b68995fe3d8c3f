package dev.slipway.core.git;

import static dev.slipway.core.triggers.CoreTriggers.APP_EXISTS;
import static dev.slipway.core.triggers.CoreTriggers.DEPLOY_SOURCE_SET;
import static dev.slipway.core.triggers.CoreTriggers.RECEIVE_BRANCH;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.core.builds.Builds;
import dev.slipway.core.call.Call;
import dev.slipway.core.error.UserError;
import dev.slipway.core.model.AppName;
import dev.slipway.core.triggers.Triggers;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a push does, as asked by the repository's pre-receive hook while git has the pushed objects
 * in quarantine: a failure here makes git refuse the push. Spec: 03 section 2.3.
 */
public final class GitHook {
  private static final int MOST_REFS = 10_000;
  private static final String HIDDEN = "refs/slipway/";

  private final GitPush push;
  private final GitProperties properties;
  private final Builds builds;
  private final Triggers triggers;
  private final PushOutputs outputs;

  public GitHook(
      GitPush push,
      GitProperties properties,
      Builds builds,
      Triggers triggers,
      PushOutputs outputs) {
    this.push = push;
    this.properties = properties;
    this.builds = builds;
    this.triggers = triggers;
    this.outputs = outputs;
  }

  /**
   * Reads {@code OLD NEW REF} lines from the call's input and acts on each.
   *
   * @throws UserError if the push is to be refused, or the caller is not the hook
   */
  public void run(Call call, AppName app) {
    requireHook(call);
    refuseShallow(call);
    List<RefUpdate> updates = read(call);
    builds.captured(
        outputs.ofHook(call),
        app,
        "git-hook",
        captured -> {
          triggers.fire(captured, APP_EXISTS, app);
          decide(captured, app, updates);
        });
  }

  /**
   * Nobody may call this by name: it would deploy what no push has brought. Git tells its hooks
   * where the repository is; no door takes that variable from a remote caller.
   */
  private static void requireHook(Call call) {
    if (call.variable("GIT_DIR").isEmpty()) {
      throw new UserError("git-hook can only be called by a repository's hook");
    }
  }

  /** Git itself looks at the names of refs only after its hook. */
  private static boolean isPossible(RefUpdate update) {
    return BranchName.isValid(update.ref()) && !update.ref().startsWith(HIDDEN);
  }

  private static UserError badRef() {
    return new UserError("The push is for a ref that cannot be one, or is reserved");
  }

  /** Git sets this only for pushes that lack a part of their history. */
  private static void refuseShallow(Call call) {
    if (call.variable("GIT_SHALLOW_FILE").filter(file -> !file.isEmpty()).isPresent()) {
      throw new UserError(
          "This push comes from a shallow clone: a part of its history is missing\n"
              + "Fetch that first: git fetch --unshallow (in a CI job: fetch-depth: 0)");
    }
  }

  private static List<RefUpdate> read(Call call) {
    List<RefUpdate> updates = new ArrayList<>();
    try {
      BufferedReader lines = new BufferedReader(new InputStreamReader(call.streams().in(), UTF_8));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        updates.add(RefUpdate.parse(line).filter(GitHook::isPossible).orElseThrow(GitHook::badRef));
        if (updates.size() > MOST_REFS) {
          throw new UserError("More than " + MOST_REFS + " refs in one push");
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("reading the refs of a push", e);
    }
    return updates;
  }

  private void decide(Call call, AppName app, List<RefUpdate> updates) {
    String branch = properties.deployBranch(app);
    if (!BranchName.isValid(branch)) {
      RemoteLines.step(
          call,
          "WARNING: Invalid branch name '" + branch + "' specified via deploy-branch setting.");
      RemoteLines.step(
          call, "For more details, please see the man page for 'git-check-ref-format.'");
      return;
    }
    for (RefUpdate update : updates) {
      if (update.isOf(branch)) {
        deploy(call, app, update);
      } else if (!update.isDeletion()) {
        other(call, app, branch, update);
      }
    }
  }

  private void deploy(Call call, AppName app, RefUpdate update) {
    if (update.isDeletion()) {
      throw new UserError("The deploy branch cannot be deleted: " + update.shortName());
    }
    push.pushed(call, app, update.commit(), update.ref());
  }

  private void other(Call call, AppName app, String branch, RefUpdate update) {
    Optional<String> candidate = Optional.of(update.shortName()).filter(BranchName::isValid);
    if (triggers.isHooked(call, RECEIVE_BRANCH)) {
      triggers.fire(call, RECEIVE_BRANCH, app, update.commit(), update.ref());
      triggers.fire(call, DEPLOY_SOURCE_SET, app, "git-push", update.commit());
    } else if (!properties.hasDeployBranch(app) && candidate.isPresent()) {
      RemoteLines.step(call, "Set " + update.shortName() + " as deploy-branch");
      properties.storeDeployBranch(app, update.shortName());
      push.pushed(call, app, update.commit(), update.ref());
    } else {
      RemoteLines.step(call, "WARNING: deploy did not complete, you must push to " + branch + ".");
      RemoteLines.step(
          call, "for example, try 'git push <dokku> " + update.shortName() + ":" + branch + "'");
    }
  }
}
