package dev.slipway.cli;

import dev.slipway.cli.git.GitCommands;
import dev.slipway.core.builds.Builds;
import dev.slipway.core.git.GitFamily;
import dev.slipway.core.git.GitHook;
import dev.slipway.core.git.GitPrograms;
import dev.slipway.core.git.GitProperties;
import dev.slipway.core.git.GitPush;
import dev.slipway.core.git.GitWire;
import dev.slipway.core.git.PushOutputs;
import dev.slipway.core.git.Repositories;
import dev.slipway.core.git.RepositoryName;

/** Repositories: pushes, fetches, and what is deployed from them. */
final class GitPart {
  final GitFamily family;

  GitPart(Base base, DeployPart deploy, Builds builds) {
    GitProperties properties = new GitProperties(base.properties);
    Repositories repositories = new Repositories(base.roots, base.files, deploy.nativeGit);
    GitPush push = new GitPush(repositories, properties, deploy.deployments, base.triggers);
    family =
        new GitFamily(
            base.roots, base.files, repositories, properties, push, builds, base.triggers);
    family.register(base.handlers, base.reports);
    PushOutputs outputs = new PushOutputs();
    GitHook hook = new GitHook(push, properties, builds, base.triggers, outputs);
    new GitCommands(wire(base, deploy, repositories, outputs), hook, family, deploy.git)
        .addTo(base.catalogue, base.reports, base.setter);
  }

  private static GitWire wire(
      Base base, DeployPart deploy, Repositories repositories, PushOutputs outputs) {
    return new GitWire(
        new RepositoryName(base.roots),
        repositories,
        new GitPrograms(deploy.git, base.settings.launcher(), base.roots.socket()),
        deploy.pins,
        base.apps,
        base.triggers,
        base.deliveries,
        outputs);
  }
}
