package dev.slipway.cli.logs;

import dev.slipway.core.call.Call;
import dev.slipway.core.logs.Logs;
import dev.slipway.core.model.AppName;
import dev.slipway.core.report.Reports.VisibleApps;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "logs:failed", description = "Shows the last failed deploy logs")
final class LogsFailed implements Runnable {
  private final Logs logs;
  private final VisibleApps apps;
  private final Call call;

  @Option(names = "--all", description = "for all apps")
  private boolean all;

  @Parameters(index = "0", arity = "0..1", defaultValue = "", paramLabel = "APP")
  private String app = "";

  LogsFailed(Logs logs, VisibleApps apps, Call call) {
    this.logs = logs;
    this.apps = apps;
    this.call = call;
  }

  @Override
  public void run() {
    if (!all) {
      logs.failed(call, apps.existing(call, app));
      return;
    }
    for (AppName each : apps.list(call)) {
      call.out().step("Running logs:failed against app " + each);
      logs.failed(call, each);
    }
  }
}
