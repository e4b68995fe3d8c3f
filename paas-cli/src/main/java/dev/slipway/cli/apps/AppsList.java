package dev.slipway.cli.apps;

import dev.slipway.core.apps.AppDirectory;
import dev.slipway.core.apps.AppList;
import dev.slipway.core.call.Call;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "apps:list", description = "List your apps")
final class AppsList implements Runnable {
  private final AppDirectory apps;
  private final Call call;

  @Option(names = "--format", description = "stdout or json")
  private String format = "stdout";

  AppsList(AppDirectory apps, Call call) {
    this.apps = apps;
    this.call = call;
  }

  @Override
  public void run() {
    new AppList(apps).print(call, format.equals("json"));
  }
}
