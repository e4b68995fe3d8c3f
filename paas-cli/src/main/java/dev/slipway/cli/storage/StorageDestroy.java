package dev.slipway.cli.storage;

import dev.slipway.core.call.Call;
import dev.slipway.core.storage.Storage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "storage:destroy", description = "Destroys a storage entry")
final class StorageDestroy implements Runnable {
  private final Storage storage;
  private final Call call;

  @Option(names = "--force", description = "do not ask for the name")
  private boolean force;

  @Option(names = "--destroy-host-dir", description = "remove the files too")
  private boolean withFiles;

  @Parameters(index = "0", arity = "0..1", defaultValue = "", paramLabel = "NAME")
  private String name = "";

  StorageDestroy(Storage storage, Call call) {
    this.storage = storage;
    this.call = call;
  }

  @Override
  public void run() {
    storage.destroy(call, name, force, withFiles);
  }
}
