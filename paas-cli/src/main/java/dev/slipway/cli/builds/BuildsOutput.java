package dev.slipway.cli.builds;

import dev.slipway.core.builds.BuildOutput;
import dev.slipway.core.call.Call;
import dev.slipway.core.model.AppName;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "builds:output", description = "Show build output")
final class BuildsOutput implements Runnable {
  private final BuildOutput output;
  private final Call call;

  @Parameters(index = "0", arity = "0..1", defaultValue = "", paramLabel = "APP")
  private @Nullable AppName app;

  @Parameters(index = "1", arity = "0..1", defaultValue = "", paramLabel = "BUILD")
  private String build = "";

  BuildsOutput(BuildOutput output, Call call) {
    this.output = output;
    this.call = call;
  }

  @Override
  public void run() {
    output.show(call, Objects.requireNonNull(app), build);
  }
}
