package dev.slipway.cli.storage;

import dev.slipway.core.call.Call;
import dev.slipway.core.storage.Storage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "storage:info", description = "Shows a storage entry")
final class EntryInfo implements Runnable {
  private final Storage storage;
  private final Call call;

  @Option(names = "--format", defaultValue = "text", description = "text or json")
  private String format = "text";

  @Parameters(index = "0", arity = "0..1", defaultValue = "", paramLabel = "NAME")
  private String name = "";

  EntryInfo(Storage storage, Call call) {
    this.storage = storage;
    this.call = call;
  }

  @Override
  public void run() {
    storage.info(call, name, format);
  }
}
