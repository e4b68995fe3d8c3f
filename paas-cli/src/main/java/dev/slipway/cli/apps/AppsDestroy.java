package dev.slipway.cli.apps;

import dev.slipway.core.apps.Apps;
import dev.slipway.core.call.Call;
import dev.slipway.core.model.AppName;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "apps:destroy", description = "Permanently destroy an app")
final class AppsDestroy implements Runnable {
  private final Apps apps;
  private final Call call;

  @Option(names = "--force", description = "do not ask for the name")
  private boolean force;

  @Parameters(index = "0", arity = "0..1", defaultValue = "", paramLabel = "APP")
  private @Nullable AppName app;

  AppsDestroy(Apps apps, Call call) {
    this.apps = apps;
    this.call = call;
  }

  @Override
  public void run() {
    apps.destroy(call, java.util.Objects.requireNonNull(app), force);
  }
}
