package dev.slipway.core.git.sources;

import dev.slipway.core.call.Call;
import dev.slipway.core.deploy.GitObjects;
import dev.slipway.core.deploy.Quarantine;
import dev.slipway.core.error.UserError;
import dev.slipway.core.git.BranchName;
import dev.slipway.core.git.GitProperties;
import dev.slipway.core.git.GitPush;
import dev.slipway.core.git.Repositories;
import dev.slipway.core.model.AppName;
import dev.slipway.core.store.DurableFiles;
import dev.slipway.core.store.Roots;
import dev.slipway.core.triggers.Invocation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/** Deploys the files of a folder as a commit on the deploy branch. Spec: 03 section 2.11. */
final class FromDirectory {
  private final Roots roots;
  private final Repositories repositories;
  private final GitProperties properties;
  private final GitPush push;
  private final Commits commits;
  private final DurableFiles files;
  private final Clock clock;

  FromDirectory(
      Roots roots,
      Repositories repositories,
      GitProperties properties,
      GitPush push,
      Commits commits,
      DurableFiles files,
      Clock clock) {
    this.roots = roots;
    this.repositories = repositories;
    this.properties = properties;
    this.push = push;
    this.commits = commits;
    this.files = files;
    this.clock = clock;
  }

  /** {@code git-from-directory APP DIR NAME EMAIL}. */
  void handle(Invocation at) {
    AppName app = at.app(0);
    Path folder = Path.of(at.argument(1)).toAbsolutePath();
    if (!Files.isDirectory(folder)) {
      throw new UserError("Not a folder: " + folder);
    }
    Author author = Author.of(at.argument(2), at.argument(3));
    at.out().step("Updating git repository with specified build context");
    String branch = BranchName.checked(properties.deployBranch(app));
    repositories.createIfMissing(app);
    try (Workspace workspace = Workspace.make(roots, files);
        Quarantine quarantine = Quarantine.in(repositories.path(app), files)) {
      Call inside = fromSource(at.call()).with(quarantine.variables());
      Path own = Workspace.holds(roots, folder) ? folder : copy(folder, workspace);
      push.made(inside, app, branch, call -> commit(app, branch, quarantine, own, author));
    }
    repositories.pointHeadAt(app, branch);
  }

  /** A plugin's folder may hold repositories, which git would look into. */
  private static Path copy(Path folder, Workspace workspace) {
    Path copy = workspace.folder("context");
    TreeCopy.copy(folder, copy);
    return copy;
  }

  /** Where nobody says that this is of an image, it is not. */
  private static Call fromSource(Call call) {
    return call.variable(GitObjects.SOURCE_IMAGE).isPresent()
        ? call
        : call.with(GitObjects.SOURCE_IMAGE, "");
  }

  private String commit(
      AppName app, String branch, Quarantine quarantine, Path folder, Author author) {
    Optional<String> parent = repositories.branch(app, branch);
    String message =
        parent.isEmpty()
            ? "Initial commit"
            : "Automated commit @ " + clock.instant().getEpochSecond();
    return commits
        .commit(repositories.path(app), quarantine, folder, parent, message, author)
        .orElseThrow(
            () ->
                new UserError(
                    "No changes detected, skipping git commit\n"
                        + "Call 'ps:rebuild' on app to rebuild the app from existing source"));
  }
}
