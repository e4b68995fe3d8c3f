package dev.slipway.cli.storage;

import dev.slipway.core.call.Call;
import dev.slipway.core.storage.EntryWish;
import dev.slipway.core.storage.Storage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "storage:create", description = "Creates a storage entry")
final class StorageCreate implements Runnable {
  private final Storage storage;
  private final Call call;

  @Option(names = "--scheduler", defaultValue = "", description = "whose entry it is")
  private String scheduler = "";

  @Option(names = "--chown", defaultValue = "", description = "owner of the folder")
  private String chown = "";

  @Option(names = "--mode", defaultValue = "", description = "mode of the folder, octal")
  private String mode = "";

  @Option(names = "--reclaim-policy", defaultValue = "", description = "Retain or Delete")
  private String reclaimPolicy = "";

  @Option(names = "--namespace", defaultValue = "", description = "kept for clusters")
  private String namespace = "";

  @Option(names = "--size", defaultValue = "", description = "for clusters")
  private String size = "";

  @Option(names = "--access-mode", defaultValue = "", description = "for clusters")
  private String accessMode = "";

  @Option(names = "--storage-class-name", defaultValue = "", description = "for clusters")
  private String storageClass = "";

  @Option(names = "--annotation", description = "key=value")
  private List<String> annotations = new ArrayList<>();

  @Option(names = "--label", description = "key=value")
  private List<String> labels = new ArrayList<>();

  @Parameters(index = "0", arity = "0..1", defaultValue = "", paramLabel = "NAME")
  private String name = "";

  @Parameters(index = "1", arity = "0..1", defaultValue = "", paramLabel = "PATH")
  private String path = "";

  StorageCreate(Storage storage, Call call) {
    this.storage = storage;
    this.call = call;
  }

  @Override
  public void run() {
    storage.create(
        call,
        new EntryWish(
            name,
            path,
            scheduler,
            chown,
            mode,
            reclaimPolicy,
            namespace,
            annotations,
            labels,
            Map.of(
                "--size", size,
                "--access-mode", accessMode,
                "--storage-class-name", storageClass)));
  }
}
