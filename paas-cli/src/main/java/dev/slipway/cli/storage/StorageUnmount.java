package dev.slipway.cli.storage;

import dev.slipway.core.model.AppName;
import dev.slipway.core.storage.Mounts;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "storage:unmount", description = "Takes a mount away")
final class StorageUnmount implements Runnable {
  private final Mounts mounts;

  @Option(names = "--container-dir", defaultValue = "", description = "where containers see it")
  private String path = "";

  @Parameters(index = "0", arity = "0..1", defaultValue = "", paramLabel = "APP")
  private @Nullable AppName app;

  @Parameters(index = "1", arity = "0..1", defaultValue = "", paramLabel = "MOUNT")
  private String mount = "";

  StorageUnmount(Mounts mounts) {
    this.mounts = mounts;
  }

  @Override
  public void run() {
    AppName on = Objects.requireNonNull(app);
    if (mount.contains(":")) {
      mounts.unmountColon(on, mount);
    } else {
      mounts.unmountNamed(on, mount, path);
    }
  }
}
