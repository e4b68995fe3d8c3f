package dev.slipway.cli;

import dev.slipway.core.apps.AppDirectory;
import dev.slipway.core.builder.BuildRemains;
import dev.slipway.core.builds.Builds;
import dev.slipway.core.call.Call;
import dev.slipway.core.deploy.PushRecovery;
import dev.slipway.core.git.GitFamily;
import dev.slipway.core.journal.Recoverer;
import dev.slipway.core.model.AppName;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Taking source in and making images of it: the parts of that, and what others need of them. */
final class SourcePart {
  private final AppDirectory directory;
  private final AppFilesPart appFiles;
  private final BuildsPart builds;
  private final GitPart git;
  private final BuildRemains buildRemains;
  private final PushRecovery recovery;

  SourcePart(Base base) {
    directory = base.apps;
    appFiles = new AppFilesPart(base);
    builds = new BuildsPart(base);
    BuildersPart builders = new BuildersPart(base);
    DeployPart deploy = new DeployPart(base, builders, appFiles, builds.records);
    builders.addBuildpacks(base, deploy.nativeGit);
    git = new GitPart(base, deploy, builds.builds);
    buildRemains = new BuildRemains(base.engine, base.installationId);
    recovery =
        new PushRecovery(
            base.roots,
            base.files,
            deploy.pins,
            deploy.nativeGit,
            deploy.leases,
            builds.records,
            builders.images);
  }

  Builds builds() {
    return builds.builds;
  }

  /** The process types of the Procfile that a call sees, if the app has one. */
  Optional<Collection<String>> processTypes(Call call, AppName app) {
    return appFiles.processTypes(call, app);
  }

  /** {@code ps:rebuild} is a command of ps, but builds. */
  GitFamily git() {
    return git.family;
  }

  /** Those who undo or finish the front half of a deploy that was cut off, in order. */
  List<Recoverer> recoverers() {
    return Stream.concat(
            appFiles.recoverers().stream(), Stream.of(buildRemains, recovery, git.family))
        .toList();
  }

  /** Closes the records of what a former daemon ran; after recovery has had its say. */
  void settleBuilds() {
    builds.cancel.settle(directory.all());
  }

  /** Moves the refs of pushes that were cut off at their very end; before any door opens. */
  void finishPushes() {
    recovery.finishPushes(directory.all());
  }
}
