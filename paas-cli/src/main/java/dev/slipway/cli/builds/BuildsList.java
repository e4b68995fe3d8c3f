package dev.slipway.cli.builds;

import dev.slipway.core.builds.BuildList;
import dev.slipway.core.call.Call;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "builds:list", description = "List builds")
final class BuildsList implements Runnable {
  private final BuildList list;
  private final Call call;

  @Parameters(index = "0", arity = "0..1", defaultValue = "", paramLabel = "APP")
  private String app = "";

  @Option(names = "--format", defaultValue = "stdout", description = "stdout or json")
  private String format = "stdout";

  @Option(names = "--kind", defaultValue = "", description = "build or deploy")
  private String kind = "";

  @Option(names = "--status", defaultValue = "", description = "how they ended")
  private String status = "";

  BuildsList(BuildList list, Call call) {
    this.list = list;
    this.call = call;
  }

  @Override
  public void run() {
    list.list(call, new BuildList.Request(app, format, kind, status));
  }
}
