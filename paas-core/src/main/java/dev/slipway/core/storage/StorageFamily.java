package dev.slipway.core.storage;

import static dev.slipway.core.triggers.CoreTriggers.DOCKER_ARGS_DEPLOY;
import static dev.slipway.core.triggers.CoreTriggers.DOCKER_ARGS_RUN;
import static dev.slipway.core.triggers.CoreTriggers.POST_DELETE;
import static dev.slipway.core.triggers.CoreTriggers.STORAGE_APP_MOUNTS;
import static dev.slipway.core.triggers.CoreTriggers.STORAGE_LIST;

import dev.slipway.core.model.AppName;
import dev.slipway.core.model.Scope;
import dev.slipway.core.report.Report;
import dev.slipway.core.report.ReportedFlag;
import dev.slipway.core.store.DurableFiles;
import dev.slipway.core.store.PropertyStore;
import dev.slipway.core.store.Roots;
import dev.slipway.core.text.ShellWords;
import dev.slipway.core.triggers.Handlers;
import dev.slipway.core.triggers.Invocation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What the plugin {@code storage} answers, and its report. Spec: 04 sections 9.5 and 9.6. */
public final class StorageFamily {
  private static final List<String> FIELDS =
      List.of(
          "container-path",
          "entry-name",
          "host-path",
          "phases",
          "process-type",
          "readonly",
          "subpath",
          "volume-chown",
          "volume-options");

  private final PropertyStore properties;
  private final Mounts mounts;
  private final Storage storage;

  public StorageFamily(
      Roots roots, DurableFiles files, PropertyStore properties, HostFolders folders) {
    Entries entries = new Entries(roots, files);
    this.properties = properties;
    this.mounts = new Mounts(properties, entries, roots);
    this.storage = new Storage(roots, files, entries, mounts, folders);
  }

  public Storage storage() {
    return storage;
  }

  public Mounts mounts() {
    return mounts;
  }

  public void register(Handlers handlers) {
    handlers
        .on(Storage.PLUGIN, DOCKER_ARGS_DEPLOY, at -> arguments(at, "deploy"))
        .on(Storage.PLUGIN, DOCKER_ARGS_RUN, at -> arguments(at, "run"))
        .on(Storage.PLUGIN, STORAGE_LIST, this::list)
        .on(Storage.PLUGIN, STORAGE_APP_MOUNTS, this::mounts)
        .on(Storage.PLUGIN, POST_DELETE, at -> properties.destroy(Storage.PLUGIN, at.app(0)));
  }

  private void arguments(Invocation at, String phase) {
    try {
      at.call().streams().in().transferTo(at.call().streams().out());
    } catch (IOException e) {
      throw new UncheckedIOException("passing docker arguments on", e);
    }
    mounts
        .in(at.app(0), phase)
        .forEach(each -> at.out().text(" -v " + ShellWords.join(List.of(each.volume()))));
  }

  private void list(Invocation at) {
    at.out().warn("Deprecated: please use the storage-app-mounts trigger instead of storage-list");
    String phase = at.argument(1).isEmpty() ? "deploy" : at.argument(1);
    List<Mounts.Mount> all = mounts.in(at.app(0), phase).toList();
    if (at.argument(2).equals("json")) {
      var array = StorageJson.array();
      all.forEach(each -> array.add(StorageJson.listed(each.entry(), each.attachment())));
      at.out().line(array.toString());
    } else {
      all.forEach(each -> at.out().line(each.volume()));
    }
  }

  private void mounts(Invocation at) {
    String phase = at.argument(1).isEmpty() ? "deploy" : at.argument(1);
    var array = StorageJson.array();
    mounts
        .in(at.app(0), phase)
        .forEach(
            each -> {
              var node = StorageJson.object();
              node.set("entry", StorageJson.node(each.entry()));
              node.set("attachment", StorageJson.node(each.attachment()));
              array.add(node);
            });
    at.out().line(array.toString());
  }

  /** {@code storage:report}. */
  public Report report() {
    return Report.of(
        Storage.PLUGIN, true, scope -> scope.app().map(this::flags).orElseGet(List::of));
  }

  private List<ReportedFlag> flags(AppName app) {
    List<ReportedFlag> flags = new ArrayList<>();
    flags.add(ReportedFlag.of("storage-build-mounts", (call, scope) -> ""));
    flags.add(ReportedFlag.of("storage-deploy-mounts", (call, scope) -> words(scope, "deploy")));
    flags.add(ReportedFlag.of("storage-run-mounts", (call, scope) -> words(scope, "run")));
    List<Mounts.Mount> all = mounts.of(app).toList();
    for (int number = 1; number <= all.size(); number++) {
      Mounts.Mount mount = all.get(number - 1);
      for (String field : FIELDS) {
        flags.add(
            ReportedFlag.of(
                "storage-attachment." + number + "." + field,
                (call, scope) -> Mounts.field(mount, field).orElse("")));
      }
    }
    return flags;
  }

  private String words(Scope scope, String phase) {
    return scope.app().stream()
        .flatMap(app -> mounts.in(app, phase))
        .map(each -> "-v " + each.volume())
        .collect(Collectors.joining(" "));
  }
}
