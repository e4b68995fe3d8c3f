package dev.slipway.cli.git;

import dev.slipway.cli.catalogue.Catalogue;
import dev.slipway.cli.catalogue.Family.Layout;
import dev.slipway.cli.catalogue.Syntax;
import dev.slipway.cli.standard.Words;
import dev.slipway.core.error.UserError;
import dev.slipway.core.git.access.GitAccess;
import dev.slipway.core.git.sources.GitSources;

/** The commands of {@code git} that take source from elsewhere, and what they need for it. */
public final class GitSourceCommands {
  private static final int NOT_FOUND = 127;

  private final GitSources sources;
  private final GitAccess access;

  public GitSourceCommands(GitSources sources, GitAccess access) {
    this.sources = sources;
    this.access = access;
  }

  public void addTo(Catalogue catalogue) {
    addSources(catalogue);
    addAccess(catalogue);
    catalogue
        .family("git", Layout.SHELL, "Manage app deploys via git")
        .unlisted("git:unlock", Syntax.SHELL, call -> new Words(words -> unlock()));
  }

  private void addSources(Catalogue catalogue) {
    catalogue
        .family("git", Layout.SHELL, "Manage app deploys via git")
        .add(
            "git:from-archive",
            Syntax.SHELL,
            "git:from-archive <app> <archive-url> [<git-username> <git-email>], Updates an app's"
                + " git repository with a given archive file",
            call -> new GitFromArchive(sources, call))
        .add(
            "git:from-image",
            Syntax.SHELL,
            "git:from-image <app> <docker-image> [<git-username> <git-email>], Updates an app's"
                + " git repository with a given docker image",
            call -> new GitFromImage(sources, call))
        .add(
            "git:load-image",
            Syntax.SHELL,
            "git:load-image <app> <docker-image> [<git-username> <git-email>], Updates an app's"
                + " git repository with a docker image loaded from stdin",
            call -> new GitLoadImage(sources, call))
        .add(
            "git:sync",
            Syntax.SHELL,
            "git:sync [--build|--build-if-changes] [--skip-deploy-branch] <app> <repository>"
                + " [<git-ref>], Clone or fetch an app from remote git repo",
            call -> new GitSync(sources, call));
  }

  private void addAccess(Catalogue catalogue) {
    catalogue
        .family("git", Layout.SHELL, "Manage app deploys via git")
        .add(
            "git:allow-host",
            Syntax.SHELL,
            "git:allow-host <host>, Adds a host to known_hosts",
            call -> new Words(words -> access.allowHost(call, words)))
        .add(
            "git:auth",
            Syntax.SHELL,
            "git:auth <host> [<username> <password>], Configures netrc authentication for a given"
                + " git server",
            call -> new Words(words -> access.auth(call, words)))
        .add(
            "git:auth-status",
            Syntax.SHELL,
            "git:auth-status <host> [<username> <password>], Reports whether the netrc entry"
                + " matches the requested state (exit 0 if matches)",
            call -> new GitAuthStatus(words -> access.authStatus(call, words)))
        .add(
            "git:generate-deploy-key",
            Syntax.SHELL,
            "git:generate-deploy-key, Generates a deploy ssh key",
            call -> new Words(words -> access.generateDeployKey(call)))
        .add(
            "git:public-key",
            Syntax.SHELL,
            "git:public-key, Outputs the dokku public deploy key",
            call -> new Words(words -> access.printPublicKey(call)));
  }

  /** Gone from the reference too, which still knows the name and fails with this status. */
  private static void unlock() {
    throw new UserError(
        "git:unlock has been removed: the lock of a build goes with the build\n"
            + "'apps:unlock' removes the one that 'apps:lock' makes",
        NOT_FOUND);
  }
}
