package dev.slipway.cli;

import dev.slipway.builder.dockerfile.DockerfileBuilder;
import dev.slipway.builder.git.NativeGit;
import dev.slipway.cli.builder.BuilderCommands;
import dev.slipway.cli.git.GitCommands;
import dev.slipway.core.appjson.AppJsons;
import dev.slipway.core.apps.AppDirectory;
import dev.slipway.core.builder.AppImages;
import dev.slipway.core.builder.BuilderReports;
import dev.slipway.core.builder.Builders;
import dev.slipway.core.builder.Cleanup;
import dev.slipway.core.builds.BuildRecords;
import dev.slipway.core.builds.Builds;
import dev.slipway.core.call.Call;
import dev.slipway.core.deploy.BuildSteps;
import dev.slipway.core.deploy.Checkouts;
import dev.slipway.core.deploy.DeployLeases;
import dev.slipway.core.deploy.Deployments;
import dev.slipway.core.deploy.DiskSpace;
import dev.slipway.core.deploy.Pins;
import dev.slipway.core.deploy.PushRecovery;
import dev.slipway.core.engine.Engine;
import dev.slipway.core.git.GitFamily;
import dev.slipway.core.git.GitHook;
import dev.slipway.core.git.GitPrograms;
import dev.slipway.core.git.GitProperties;
import dev.slipway.core.git.GitPush;
import dev.slipway.core.git.GitWire;
import dev.slipway.core.git.Repositories;
import dev.slipway.core.git.RepositoryName;
import dev.slipway.core.journal.Recoverer;
import dev.slipway.core.model.AppName;
import dev.slipway.core.process.Executables;
import dev.slipway.core.process.Programs;
import dev.slipway.core.procfile.Procfiles;
import dev.slipway.core.report.Reports;
import dev.slipway.core.store.DurableFiles;
import dev.slipway.core.store.InstallationId;
import dev.slipway.core.store.PropertyStore;
import dev.slipway.core.store.Roots;
import dev.slipway.core.triggers.Handlers;
import dev.slipway.core.triggers.Triggers;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Taking source in and making images of it. */
final class SourcePart {
  private final AppDirectory directory;
  private final Builds builds;
  private final AppJsons appJsons;
  private final Procfiles procfiles;
  private final Builders builders;
  private final BuilderReports builderReports;
  private final Cleanup cleanup;
  private final AppImages images;
  private final GitFamily family;
  private final GitCommands commands;
  private final PushRecovery recovery;

  SourcePart(Base base) {
    DaemonSettings settings = base.settings;
    DurableFiles files = base.files;
    PropertyStore properties = base.properties;
    Programs programs = base.programs;
    Triggers triggers = base.triggers;
    Engine engine = base.engine;
    InstallationId installation = base.installationId;
    directory = base.apps;
    Roots roots = settings.roots();
    Path git = git(settings);
    NativeGit nativeGit = new NativeGit(git, programs, settings.environment());
    images = new AppImages(engine, roots, files, installation);
    cleanup = new Cleanup(engine, properties, installation);
    BuildRecords records = new BuildRecords(roots, files, properties, base.clock);
    builds = new Builds(records, roots, files, triggers, programs);
    appJsons = new AppJsons(roots, files, properties, triggers);
    procfiles = new Procfiles(roots, files, properties, triggers);
    DockerfileBuilder dockerfile =
        new DockerfileBuilder(
            triggers, properties, images, installation, engine, programs, settings.environment());
    builders = new Builders(List.of(dockerfile), properties, triggers);
    builderReports = new BuilderReports(properties);

    Pins pins = new Pins(roots, files);
    DeployLeases leases = new DeployLeases(roots, files);
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    Deployments deployments =
        new Deployments(
            leases,
            base.journal,
            new Checkouts(roots, files, nativeGit, pins, temporary),
            new DiskSpace(engine, List.of(temporary, roots.dokkuRoot())),
            new BuildSteps(triggers, builders, images, cleanup),
            triggers,
            (app, pid) -> {
              procfiles.discard(app, pid);
              appJsons.discard(app, pid);
            });
    GitProperties gitProperties = new GitProperties(properties);
    Repositories repositories = new Repositories(roots, files, nativeGit);
    GitPush push = new GitPush(repositories, gitProperties, deployments, triggers);
    family = new GitFamily(roots, files, repositories, gitProperties, push, builds, triggers);
    GitWire wire =
        new GitWire(
            new RepositoryName(roots),
            repositories,
            new GitPrograms(git, settings.launcher(), roots.socket()),
            pins,
            directory,
            triggers,
            programs);
    GitHook hook = new GitHook(push, gitProperties, builds, triggers);
    commands = new GitCommands(wire, hook, family, git);
    recovery = new PushRecovery(roots, files, pins, nativeGit, leases, records, images);
    register(base.handlers, base.reports);
    commands.addTo(base.catalogue, base.reports, base.setter);
    new BuilderCommands(builderReports, cleanup).addTo(base.catalogue, base.reports, base.setter);
  }

  private static Path git(DaemonSettings settings) {
    String path = settings.environment().getOrDefault("PATH", "/usr/local/bin:/usr/bin:/bin");
    return Executables.all("git", path).stream().findFirst().orElse(Path.of("/usr/bin/git"));
  }

  private void register(Handlers handlers, Reports reports) {
    builds.register(handlers);
    appJsons.register(handlers);
    procfiles.register(handlers);
    builders.register(handlers);
    builderReports.register(handlers, reports);
    cleanup.register(handlers, images);
    family.register(handlers, reports);
  }

  Builds builds() {
    return builds;
  }

  /** The process types of the Procfile that a call sees, if the app has one. */
  Optional<Collection<String>> processTypes(Call call, AppName app) {
    return procfiles.of(call, app).map(procfile -> procfile.commands().keySet());
  }

  /** {@code ps:rebuild} is a command of ps, but builds. */
  GitFamily git() {
    return family;
  }

  /** Those who undo or finish the front half of a deploy that was cut off, in order. */
  List<Recoverer> recoverers() {
    return List.of(appJsons, procfiles, recovery);
  }

  /** Moves the refs of pushes that were cut off at their very end; before any door opens. */
  void finishPushes() {
    recovery.finishPushes(directory.all());
  }
}
