package dev.slipway.cli.builds;

import dev.slipway.core.builds.BuildRecords;
import dev.slipway.core.call.Call;
import dev.slipway.core.report.Reports.VisibleApps;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "builds:prune", description = "Prune build records to retention")
final class BuildsPrune implements Runnable {
  private final BuildRecords records;
  private final VisibleApps apps;
  private final Call call;

  @Parameters(index = "0", arity = "0..1", defaultValue = "", paramLabel = "APP")
  private String app = "";

  @Option(names = "--all-apps", description = "prune those of all apps")
  private boolean all;

  BuildsPrune(BuildRecords records, VisibleApps apps, Call call) {
    this.records = records;
    this.apps = apps;
    this.call = call;
  }

  @Override
  public void run() {
    if (all) {
      apps.list(call).forEach(records::prune);
    } else {
      records.prune(apps.existing(call, app));
    }
  }
}
