package dev.slipway.cli;

import dev.slipway.core.builds.BuildRecords;
import dev.slipway.core.builds.Builds;

/** What was built, when and from what. */
final class BuildsPart {
  final BuildRecords records;
  final Builds builds;

  BuildsPart(Base base) {
    records = new BuildRecords(base.roots, base.files, base.properties, base.clock);
    builds = new Builds(records, base.roots, base.files, base.triggers, base.deliveries);
    builds.register(base.handlers);
  }
}
