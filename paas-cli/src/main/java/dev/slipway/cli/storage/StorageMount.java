package dev.slipway.cli.storage;

import dev.slipway.core.call.Call;
import dev.slipway.core.model.AppName;
import dev.slipway.core.storage.Mounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "storage:mount", description = "Mounts a volume")
final class StorageMount implements Runnable {
  private final Mounts mounts;
  private final Call call;

  @Option(names = "--container-dir", defaultValue = "", description = "where containers see it")
  private String path = "";

  @Option(names = "--phase", description = "deploy, run or both")
  private List<String> phases = new ArrayList<>();

  @Option(names = "--process-type", defaultValue = "", description = "kept for other schedulers")
  private String processType = "";

  @Option(names = "--volume-subpath", defaultValue = "", description = "kept for other schedulers")
  private String subpath = "";

  @Option(names = "--volume-readonly", description = "not to be written")
  private boolean readonly;

  @Option(names = "--volume-chown", defaultValue = "", description = "kept for other schedulers")
  private String chown = "";

  @Option(names = "--volume-options", defaultValue = "", description = "for docker")
  private String options = "";

  @Parameters(index = "0", arity = "0..1", defaultValue = "", paramLabel = "APP")
  private @Nullable AppName app;

  @Parameters(index = "1", arity = "0..1", defaultValue = "", paramLabel = "MOUNT")
  private String mount = "";

  StorageMount(Mounts mounts, Call call) {
    this.mounts = mounts;
    this.call = call;
  }

  @Override
  public void run() {
    AppName on = Objects.requireNonNull(app);
    if (mount.contains(":")) {
      mounts.mountColon(on, mount);
    } else {
      mounts.mountNamed(
          call,
          on,
          new Mounts.Wish(
              mount,
              path,
              phases.isEmpty() ? List.of("deploy", "run") : phases,
              processType,
              subpath,
              readonly,
              options,
              chown));
    }
  }
}
