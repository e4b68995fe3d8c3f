package dev.slipway.cli;

import dev.slipway.builder.archive.SafeArchives;
import dev.slipway.builder.git.NativeCommits;
import dev.slipway.builder.image.ClientPull;
import dev.slipway.cli.git.GitCommands;
import dev.slipway.cli.git.GitSourceCommands;
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
import dev.slipway.core.git.access.GitAccess;
import dev.slipway.core.git.sources.GitSources;
import java.util.Map;

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
    GitSources sources = sources(base, deploy, repositories, properties, push, builds);
    sources.register(base.handlers);
    new GitSourceCommands(sources, new GitAccess(base.roots, base.files, base.programs))
        .addTo(base.catalogue);
  }

  private static GitSources sources(
      Base base,
      DeployPart deploy,
      Repositories repositories,
      GitProperties properties,
      GitPush push,
      Builds builds) {
    Map<String, String> host = base.settings.environment();
    GitSources.sweep(base.roots, base.files);
    return new GitSources(
        base.roots,
        base.files,
        repositories,
        properties,
        push,
        builds,
        base.triggers,
        base.programs,
        new GitSources.Tools(
            new NativeCommits(deploy.git, base.programs, host),
            new SafeArchives(),
            deploy.remote,
            deploy.nativeGit,
            new ClientPull(base.programs, host),
            base.engine));
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
