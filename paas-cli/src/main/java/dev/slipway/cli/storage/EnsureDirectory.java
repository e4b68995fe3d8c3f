package dev.slipway.cli.storage;

import dev.slipway.core.call.Call;
import dev.slipway.core.storage.Storage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "storage:ensure-directory", description = "Creates a folder for storage")
final class EnsureDirectory implements Runnable {
  private final Storage storage;
  private final Call call;

  @Option(names = "--chown", defaultValue = "", description = "owner of the folder")
  private String chown = "";

  @Parameters(index = "0", arity = "0..1", defaultValue = "", paramLabel = "DIRECTORY")
  private String directory = "";

  EnsureDirectory(Storage storage, Call call) {
    this.storage = storage;
    this.call = call;
  }

  @Override
  public void run() {
    storage.ensureDirectory(call, directory, chown);
  }
}
