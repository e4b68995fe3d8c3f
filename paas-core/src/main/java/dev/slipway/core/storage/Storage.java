package dev.slipway.core.storage;

import dev.slipway.core.call.Call;
import dev.slipway.core.error.UserError;
import dev.slipway.core.output.Confirmation;
import dev.slipway.core.output.Output;
import dev.slipway.core.store.DurableFiles;
import dev.slipway.core.store.Roots;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;

/** Entries and their folders. Spec: 04 sections 9.3 and 9.4. */
public final class Storage {
  static final String PLUGIN = "storage";

  private final Path folder;
  private final DurableFiles files;
  private final Entries entries;
  private final Mounts mounts;
  private final HostFolders folders;

  Storage(Roots roots, DurableFiles files, Entries entries, Mounts mounts, HostFolders folders) {
    this.folder = roots.data(PLUGIN);
    this.files = files;
    this.entries = entries;
    this.mounts = mounts;
    this.folders = folders;
  }

  /**
   * Makes an entry and its folder; one that is there is made anew, its files stay.
   *
   * @throws UserError if the wish cannot be met; nothing was changed then
   */
  public void create(Call call, EntryWish wish) {
    Entry entry = wish.checked(standardPath(wish.name()));
    boolean there =
        entries
            .find(entry.name())
            .map(
                old -> {
                  if (!old.scheduler().equals(entry.scheduler())) {
                    throw new UserError(
                        "storage entry \""
                            + entry.name()
                            + "\" already exists with scheduler \""
                            + old.scheduler()
                            + "\"; refusing to redefine");
                  }
                  return true;
                })
            .orElse(false);
    if (there) {
      call.out()
          .unlessQuiet()
          .step("Storage entry " + entry.name() + " already exists, leaving in place");
    }
    prepare(call, entry);
    entries.put(entry);
    call.out().step("Storage entry " + entry.name() + " created");
  }

  private void prepare(Call call, Entry entry) {
    Path path = Path.of(entry.hostPath());
    if (entry.isVolume() || !path.equals(standardPath(entry.name()))) {
      return;
    }
    if (make(path)) {
      call.out().detail("Created " + path);
    }
    if (!entry.mode().isEmpty()) {
      call.out().detail("Setting directory mode to " + entry.mode());
      folders.mode(path, entry.mode());
    }
    own(call.out(), path, entry.chown());
  }

  private void own(Output out, Path path, String chown) {
    Owner.of(chown)
        .ifPresent(
            user -> {
              out.detail("Setting directory ownership to " + user + ":" + user);
              folders.own(path, user);
            });
  }

  private boolean make(Path path) {
    if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      throw new UserError("storage entry path " + path + " exists but is not a directory");
    }
    files.createDirectories(path);
    return true;
  }

  /** The deprecated {@code storage:ensure-directory}: a folder without an entry. */
  public void ensureDirectory(Call call, String name, String chown) {
    call.out()
        .warn("Deprecated: please use 'storage:create' instead of 'storage:ensure-directory'");
    if (name.isEmpty()) {
      throw new UserError("Please specify a directory to create");
    }
    if (!name.matches("[A-Za-z0-9_-]+")) {
      throw new UserError(
          "Directory can only contain the following set of characters: [A-Za-z0-9_-]");
    }
    String owner = chown.isEmpty() ? "herokuish" : chown;
    Owner.of(owner);
    Path path = standardPath(name);
    call.out().step("Ensuring " + path + " exists");
    make(path);
    own(call.out().unlessQuiet(), path, owner);
    call.out().unlessQuiet().detail("Directory ready for mounting");
  }

  /**
   * Removes an entry, its files only if that was asked for.
   *
   * @throws UserError if an app still mounts it
   */
  public void destroy(Call call, String name, boolean force, boolean withFiles) {
    Entry entry = existing(name);
    List<String> users = mounts.users(name);
    if (!users.isEmpty()) {
      throw new UserError(
          "storage entry \"" + name + "\" is still mounted by app(s): " + String.join(", ", users));
    }
    Path path = standardPath(name);
    boolean own = entry.hostPath().equals(path.toString());
    if (withFiles && !own) {
      throw EntryWish.elsewhere("--destroy-host-dir", path.toString(), entry.hostPath());
    }
    boolean delete = entry.reclaimPolicy().equals("Delete");
    boolean removes = own && (withFiles || delete) && Files.isDirectory(path);
    if (!force) {
      if (removes) {
        call.out()
            .warn(
                "Storage entry "
                    + name
                    + " is backed by "
                    + path
                    + ", which will be removed along with its contents.");
      }
      Confirmation.ask(call.out(), call.streams().in(), "storage entry", name);
    }
    if (delete && !own) {
      call.out()
          .warn(
              "Leaving "
                  + entry.hostPath()
                  + " in place; reclaim policy Delete only removes the default host path");
    }
    if (removes) {
      remove(path);
      call.out().detail("Removed " + path);
    }
    entries.remove(name);
    call.out().step("Storage entry " + name + " destroyed");
  }

  private void remove(Path path) {
    folders.empty(path);
    try {
      Files.delete(path);
    } catch (IOException e) {
      throw new UncheckedIOException("removing " + path, e);
    }
  }

  /** {@code storage:info}, as text or as the JSON of the file. */
  public void info(Call call, String name, String format) {
    Entry entry = existing(name);
    if (isJson(format, "text")) {
      call.out().line(StorageJson.indented(StorageJson.node(entry)));
      return;
    }
    call.out().unlessQuiet().step("Storage entry " + name);
    detail(call, "Scheduler:", entry.scheduler());
    detail(call, "Host path:", entry.hostPath());
    detail(call, "Namespace:", entry.namespace());
    detail(call, "Chown:", entry.chown());
    detail(call, "Mode:", entry.mode());
    detail(call, "Reclaim policy:", entry.reclaimPolicy());
  }

  private static void detail(Call call, String label, String value) {
    if (!value.isEmpty()) {
      call.out().detail(String.format("%-18s", label) + value);
    }
  }

  /** {@code storage:list-entries}. */
  public void list(Call call, String scheduler, String format) {
    List<Entry> wanted =
        entries.all().stream()
            .filter(entry -> scheduler.isEmpty() || entry.scheduler().equals(scheduler))
            .toList();
    if (isJson(format, "text")) {
      var array = StorageJson.array();
      wanted.forEach(entry -> array.add(StorageJson.node(entry)));
      call.out().line(StorageJson.indented(array));
      return;
    }
    call.out().unlessQuiet().step("Storage entries:");
    wanted.forEach(
        entry ->
            call.out().detail(entry.name() + "\t" + entry.scheduler() + "\t" + entry.hostPath()));
  }

  static boolean isJson(String format, String text) {
    if (!format.equals(text) && !format.equals("json")) {
      throw new UserError("Invalid --format value specified");
    }
    return format.equals("json");
  }

  private Entry existing(String name) {
    return entries
        .find(name)
        .orElseThrow(() -> new UserError("storage entry \"" + name + "\" does not exist"));
  }

  private Path standardPath(String name) {
    return folder.resolve(name);
  }
}
