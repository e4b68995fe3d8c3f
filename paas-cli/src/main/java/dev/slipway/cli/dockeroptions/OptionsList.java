package dev.slipway.cli.dockeroptions;

import dev.slipway.core.call.Call;
import dev.slipway.core.dockeroptions.DockerOptions;
import dev.slipway.core.model.AppName;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "docker-options:list", description = "List the options of an app for a phase")
final class OptionsList implements Runnable {
  private final DockerOptions options;
  private final Call call;

  @Option(names = "--process", description = "those of this process type")
  private List<String> processes = new ArrayList<>();

  @Option(names = "--phase", description = "build, deploy or run")
  private String phase = "";

  @Parameters(index = "0", arity = "0..1", defaultValue = "", paramLabel = "APP")
  private @Nullable AppName app;

  OptionsList(DockerOptions options, Call call) {
    this.options = options;
    this.call = call;
  }

  @Override
  public void run() {
    options.list(call, Objects.requireNonNull(app), phase, processes);
  }
}
