package dev.slipway.cli.ps;

import dev.slipway.core.apps.OverAllApps;
import dev.slipway.core.call.Call;
import dev.slipway.core.ps.Processes;
import dev.slipway.core.report.Reports.VisibleApps;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "ps:restore", description = "Start previously running apps e.g. after reboot")
final class PsRestore implements Runnable {
  private final Processes processes;
  private final VisibleApps apps;
  private final Call call;

  @Option(names = "--all", description = "restore all apps")
  private boolean all;

  @Option(names = "--parallel", defaultValue = "0", description = "how many apps at a time")
  private int parallel;

  @Parameters(index = "0", arity = "0..1", paramLabel = "APP")
  private @Nullable String app;

  PsRestore(Processes processes, VisibleApps apps, Call call) {
    this.processes = processes;
    this.apps = apps;
    this.call = call;
  }

  @Override
  public void run() {
    String name = app;
    if (all || name == null) {
      if (!all) {
        call.out().warn("Restore specified without app, assuming --all");
      }
      processes.beforeRestore(call, true);
      new OverAllApps(apps).run(call, "restore", parallel, each -> processes.restore(call, each));
      return;
    }
    processes.beforeRestore(call, false);
    processes.restore(call, apps.existing(call, name));
  }
}
