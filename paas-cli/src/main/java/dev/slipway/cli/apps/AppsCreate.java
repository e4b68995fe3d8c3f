package dev.slipway.cli.apps;

import dev.slipway.core.apps.Apps;
import dev.slipway.core.call.Call;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "apps:create", description = "Create a new app")
final class AppsCreate implements Runnable {
  private final Apps apps;
  private final Call call;

  @Parameters(index = "0", arity = "0..1", defaultValue = "", paramLabel = "APP")
  private String name = "";

  AppsCreate(Apps apps, Call call) {
    this.apps = apps;
    this.call = call;
  }

  @Override
  public void run() {
    apps.create(call, name);
  }
}
