package dev.slipway.cli.apps;

import dev.slipway.core.apps.AppDirectory;
import dev.slipway.core.apps.AppList;
import dev.slipway.core.call.Call;
import picocli.CommandLine.Command;

/** The bare word {@code apps}: the list in its text form. */
@Command(name = "apps", description = "List your apps")
final class AppsOverview implements Runnable {
  private final AppDirectory apps;
  private final Call call;

  AppsOverview(AppDirectory apps, Call call) {
    this.apps = apps;
    this.call = call;
  }

  @Override
  public void run() {
    new AppList(apps).print(call, false);
  }
}
