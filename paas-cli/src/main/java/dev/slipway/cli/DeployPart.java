package dev.slipway.cli;

import dev.slipway.builder.git.NativeGit;
import dev.slipway.builder.git.NativeRemote;
import dev.slipway.builder.git.NativeSubmodules;
import dev.slipway.core.builds.BuildRecords;
import dev.slipway.core.deploy.BuildSteps;
import dev.slipway.core.deploy.Checkouts;
import dev.slipway.core.deploy.DeployLeases;
import dev.slipway.core.deploy.Deployments;
import dev.slipway.core.deploy.DiskSpace;
import dev.slipway.core.deploy.Pins;
import dev.slipway.core.process.Executables;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The front half of every deploy from source: lease, checkout, build. */
final class DeployPart {
  final Path git;
  final NativeGit nativeGit;
  final NativeRemote remote;
  final Pins pins;
  final DeployLeases leases;
  final Deployments deployments;

  DeployPart(Base base, BuildersPart builders, AppFilesPart appFiles, BuildRecords records) {
    git = git(base.settings);
    nativeGit = new NativeGit(git, base.programs, base.settings.environment());
    Map<String, String> host = base.settings.environment();
    remote = new NativeRemote(git, base.roots.dokkuRoot(), base.programs, host);
    NativeSubmodules submodules =
        new NativeSubmodules(git, nativeGit, remote, base.files, base.programs, host);
    pins = new Pins(base.roots, base.files);
    leases = new DeployLeases(base.roots, base.files, records);
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    deployments =
        new Deployments(
            leases,
            base.journal,
            new Checkouts(
                base.roots,
                base.files,
                nativeGit,
                submodules,
                pins,
                base.properties,
                base.triggers,
                temporary),
            new DiskSpace(
                base.engine, List.of(temporary, base.roots.dokkuRoot()), builders.cleanup::reclaim),
            new BuildSteps(base.triggers, builders.builders, builders.images, builders.cleanup),
            base.triggers,
            appFiles::discard);
  }

  private static Path git(DaemonSettings settings) {
    String path = settings.environment().getOrDefault("PATH", "/usr/local/bin:/usr/bin:/bin");
    return Executables.all("git", path).stream().findFirst().orElse(Path.of("/usr/bin/git"));
  }
}
