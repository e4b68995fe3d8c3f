package dev.slipway.cli.builds;

import dev.slipway.core.builds.BuildList;
import dev.slipway.core.call.Call;
import dev.slipway.core.model.AppName;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "builds:info", description = "Show details for a single build")
final class BuildsInfo implements Runnable {
  private final BuildList list;
  private final Call call;

  @Parameters(index = "0", arity = "0..1", defaultValue = "", paramLabel = "APP")
  private @Nullable AppName app;

  @Parameters(index = "1", arity = "0..1", defaultValue = "", paramLabel = "BUILD")
  private String build = "";

  @Option(names = "--format", defaultValue = "stdout", description = "stdout or json")
  private String format = "stdout";

  BuildsInfo(BuildList list, Call call) {
    this.list = list;
    this.call = call;
  }

  @Override
  public void run() {
    list.info(call, Objects.requireNonNull(app), build, format);
  }
}
