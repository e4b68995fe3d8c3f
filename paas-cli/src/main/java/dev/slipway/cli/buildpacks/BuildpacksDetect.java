package dev.slipway.cli.buildpacks;

import dev.slipway.core.call.Call;
import dev.slipway.core.model.AppName;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code buildpacks:detect}: says which buildpack would build what was pushed. */
@Command(name = "buildpacks:detect", description = "Detect the buildpack for an app")
public final class BuildpacksDetect implements Runnable {
  /** Detects on a branch, or on the one that is deployed; prints what it finds. */
  @FunctionalInterface
  public interface Detection {
    void run(Call call, AppName app, Optional<String> branch);
  }

  private final Detection detection;
  private final Call call;

  @Option(names = "--branch", defaultValue = "", description = "the branch to look at")
  private String branch = "";

  @Parameters(index = "0", arity = "0..1", defaultValue = "", paramLabel = "APP")
  private @Nullable AppName app;

  BuildpacksDetect(Detection detection, Call call) {
    this.detection = detection;
    this.call = call;
  }

  @Override
  public void run() {
    detection.run(
        call, Objects.requireNonNull(app), Optional.of(branch).filter(name -> !name.isEmpty()));
  }
}
