package dev.slipway.cli.storage;

import dev.slipway.core.call.Call;
import dev.slipway.core.storage.Storage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "storage:list-entries", description = "Lists storage entries")
final class ListEntries implements Runnable {
  private final Storage storage;
  private final Call call;

  @Option(names = "--scheduler", defaultValue = "", description = "only those of this one")
  private String scheduler = "";

  @Option(names = "--format", defaultValue = "text", description = "text or json")
  private String format = "text";

  ListEntries(Storage storage, Call call) {
    this.storage = storage;
    this.call = call;
  }

  @Override
  public void run() {
    storage.list(call, scheduler, format);
  }
}
