package dev.slipway.cli.builder;

import dev.slipway.core.builder.Cleanup;
import dev.slipway.core.call.Call;
import dev.slipway.core.model.AppName;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code cleanup}: for one app, or for all. The app need not exist any more. */
@Command(name = "cleanup", description = "Cleans up what ended containers and builds leave")
final class CleanUp implements Runnable {
  private final Cleanup cleanup;
  private final Call call;

  @Parameters(index = "0", arity = "0..1", defaultValue = "", paramLabel = "APP")
  private String app = "";

  CleanUp(Cleanup cleanup, Call call) {
    this.cleanup = cleanup;
    this.call = call;
  }

  @Override
  public void run() {
    cleanup.run(call, Optional.of(app).filter(name -> !name.isEmpty()).map(AppName::parse));
  }
}
