package dev.slipway.cli;

import dev.slipway.builder.dockerfile.DockerfileBuilder;
import dev.slipway.cli.builder.BuilderCommands;
import dev.slipway.core.builder.AppImages;
import dev.slipway.core.builder.BuilderReports;
import dev.slipway.core.builder.Builders;
import dev.slipway.core.builder.Cleanup;
import java.util.List;

/** The builders, in the order in which they are asked, and the images that they leave. */
final class BuildersPart {
  final AppImages images;
  final Cleanup cleanup;
  final Builders builders;

  BuildersPart(Base base) {
    images = new AppImages(base.engine, base.roots, base.files, base.installationId);
    cleanup = new Cleanup(base.engine, base.properties, base.installationId);
    builders = new Builders(List.of(dockerfile(base)), base.properties, base.triggers);
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
        base.settings.environment());
  }
}
