package dev.slipway.cli;

import dev.slipway.builder.dockerfile.DockerfileBuilder;
import dev.slipway.builder.herokuish.HerokuishFamily;
import dev.slipway.builder.image.HostPlaces;
import dev.slipway.builder.noop.NullBuilder;
import dev.slipway.cli.builder.BuilderCommands;
import dev.slipway.cli.buildpacks.BuildpacksCommands;
import dev.slipway.core.builder.AppImages;
import dev.slipway.core.builder.BuildCache;
import dev.slipway.core.builder.BuilderReports;
import dev.slipway.core.builder.Builders;
import dev.slipway.core.builder.Cleanup;
import dev.slipway.core.buildpacks.BuildpacksFamily;
import dev.slipway.core.deploy.Revisions;
import dev.slipway.core.release.ReleaseImages;
import dev.slipway.core.release.ReleaseRecords;
import java.util.List;

/** The builders, in the order in which they are asked, and the images that they leave. */
final class BuildersPart {
  final AppImages images;
  final Cleanup cleanup;
  final Builders builders;
  private final HerokuishFamily herokuish;

  BuildersPart(Base base) {
    images = new AppImages(base.engine, base.roots, base.files, base.installationId);
    ReleaseImages releases =
        new ReleaseImages(
            base.engine,
            new ReleaseRecords(base.roots, base.files, base.properties),
            base.installationId);
    cleanup =
        new Cleanup(base.engine, base.properties, base.installationId, releases, base.journal);
    BuildCache cache = new BuildCache(base.engine, base.installationId);
    cache.register(base.handlers);
    herokuish =
        new HerokuishFamily(
            base.roots,
            base.properties,
            base.triggers,
            base.engine,
            base.installationId,
            base.programs,
            base.settings.environment());
    herokuish.register(base.handlers);
    builders =
        new Builders(
            List.of(dockerfile(base), herokuish.builder(images, cache), nothing(base)),
            base.properties,
            base.engine,
            base.triggers);
    builders.register(base.handlers);
    BuilderReports reports = new BuilderReports(base.properties);
    reports.register(base.handlers, base.reports);
    cleanup.register(base.handlers, images);
    new BuilderCommands(reports, cleanup).addTo(base.catalogue, base.reports, base.setter);
  }

  private DockerfileBuilder dockerfile(Base base) {
    return new DockerfileBuilder(
        base.triggers,
        base.properties,
        images,
        base.installationId,
        base.engine,
        base.programs,
        base.settings.environment(),
        HostPlaces.of(base.roots));
  }

  private NullBuilder nothing(Base base) {
    return new NullBuilder(
        base.triggers, images, base.installationId, base.programs, base.settings.environment());
  }

  /** The commands of {@code buildpacks}, which look into repositories. */
  void addBuildpacks(Base base, Revisions revisions) {
    BuildpacksFamily family = new BuildpacksFamily(base.properties, base.triggers, base.apps);
    family.register(base.handlers, base.reports);
    new BuildpacksCommands(family, herokuish.detection(revisions)::run)
        .addTo(base.catalogue, base.reports, base.setter);
  }
}
