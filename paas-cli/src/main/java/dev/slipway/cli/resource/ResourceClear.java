package dev.slipway.cli.resource;

import dev.slipway.core.call.Call;
import dev.slipway.core.report.Reports.VisibleApps;
import dev.slipway.core.resource.Kind;
import dev.slipway.core.resource.Resources;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code resource:limit-clear} and {@code resource:reserve-clear}. */
@Command(name = "resource-clear", description = "Removes resources of an app")
final class ResourceClear implements Runnable {
  private final Resources resources;
  private final VisibleApps apps;
  private final Kind kind;
  private final Call call;

  @Mixin private OnScope on = new OnScope();

  ResourceClear(Resources resources, VisibleApps apps, Kind kind, Call call) {
    this.resources = resources;
    this.apps = apps;
    this.kind = kind;
    this.call = call;
  }

  @Override
  public void run() {
    resources.clear(call, on.scope(call, apps), kind, on.process());
  }
}
