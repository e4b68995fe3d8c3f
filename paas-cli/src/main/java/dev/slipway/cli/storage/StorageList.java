package dev.slipway.cli.storage;

import dev.slipway.core.call.Call;
import dev.slipway.core.model.AppName;
import dev.slipway.core.storage.Mounts;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "storage:list", description = "Lists the mounts of an app")
final class StorageList implements Runnable {
  private final Mounts mounts;
  private final Call call;

  @Option(names = "--format", defaultValue = "text", description = "text or json")
  private String format = "text";

  @Parameters(index = "0", arity = "0..1", defaultValue = "", paramLabel = "APP")
  private @Nullable AppName app;

  StorageList(Mounts mounts, Call call) {
    this.mounts = mounts;
    this.call = call;
  }

  @Override
  public void run() {
    mounts.list(call, Objects.requireNonNull(app), format);
  }
}
