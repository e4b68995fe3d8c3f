package dev.slipway.cli;

import dev.slipway.cli.builds.BuildsCommands;
import dev.slipway.core.builds.BuildCancel;
import dev.slipway.core.builds.BuildList;
import dev.slipway.core.builds.BuildOutput;
import dev.slipway.core.builds.BuildRecords;
import dev.slipway.core.builds.BuildReport;
import dev.slipway.core.builds.Builds;
import dev.slipway.core.builds.CurrentBuild;

/** What was built, when and from what. */
final class BuildsPart {
  final BuildRecords records;
  final Builds builds;
  final BuildCancel cancel;

  BuildsPart(Base base) {
    records = new BuildRecords(base.roots, base.files, base.properties, base.clock);
    builds =
        new Builds(
            records, base.roots, base.files, base.properties, base.triggers, base.deliveries);
    builds.register(base.handlers);
    CurrentBuild current = new CurrentBuild(base.roots, base.files, records);
    cancel = new BuildCancel(records, current, base.engine);
    cancel.register(base.handlers);
    new BuildsCommands(
            records,
            new BuildList(records, base.apps),
            new BuildOutput(records, current),
            cancel,
            new BuildReport(records, base.properties),
            base.apps)
        .addTo(base.catalogue, base.reports, base.setter);
  }
}
