package dev.slipway.cli.storage;

import dev.slipway.cli.catalogue.Catalogue;
import dev.slipway.cli.catalogue.Family.Layout;
import dev.slipway.cli.catalogue.Syntax;
import dev.slipway.cli.standard.ReportCommand;
import dev.slipway.core.report.Reports;
import dev.slipway.core.storage.StorageFamily;

/** The commands of {@code storage}. */
public final class StorageCommands {
  private final StorageFamily family;

  public StorageCommands(StorageFamily family) {
    this.family = family;
  }

  public void addTo(Catalogue catalogue, Reports reports) {
    catalogue
        .family("storage", Layout.COMPILED, "Manage mounted volumes")
        .add(
            "storage:create",
            Syntax.COMPILED,
            "storage:create <name> [<path>], Creates a storage entry",
            call -> new StorageCreate(family.storage(), call))
        .add(
            "storage:destroy",
            Syntax.COMPILED,
            "storage:destroy <name>, Destroys a storage entry that no app mounts",
            call -> new StorageDestroy(family.storage(), call))
        .add(
            "storage:ensure-directory",
            Syntax.COMPILED,
            "storage:ensure-directory [--chown option] <directory>, Creates a persistent storage"
                + " directory in the recommended storage path",
            call -> new EnsureDirectory(family.storage(), call))
        .add(
            "storage:info",
            Syntax.COMPILED,
            "storage:info <name> [--format text|json], Shows a storage entry",
            call -> new EntryInfo(family.storage(), call))
        .add(
            "storage:list",
            Syntax.COMPILED,
            "storage:list <app> [--format text|json], List bind mounts for app's container(s)",
            call -> new StorageList(family.mounts(), call))
        .add(
            "storage:list-entries",
            Syntax.COMPILED,
            "storage:list-entries [--scheduler <scheduler>] [--format text|json], Lists storage"
                + " entries",
            call -> new ListEntries(family.storage(), call))
        .add(
            "storage:mount",
            Syntax.COMPILED,
            "storage:mount <app> <name>|<host-dir:container-dir>, Create a new bind mount",
            call -> new StorageMount(family.mounts(), call))
        .add(
            "storage:report",
            Syntax.SHELL,
            "storage:report [<app>] [<flag>], Displays a storage report for one or more apps",
            call -> new ReportCommand(reports, family.report(), call))
        .add(
            "storage:unmount",
            Syntax.COMPILED,
            "storage:unmount <app> <name>|<host-dir:container-dir>, Remove an existing bind mount",
            call -> new StorageUnmount(family.mounts()));
  }
}
