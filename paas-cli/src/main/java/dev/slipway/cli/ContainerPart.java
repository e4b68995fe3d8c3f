package dev.slipway.cli;

import dev.slipway.cli.dockeroptions.DockerOptionsCommands;
import dev.slipway.cli.enter.EnterCommands;
import dev.slipway.cli.logs.LogsCommands;
import dev.slipway.cli.resource.ResourceCommands;
import dev.slipway.cli.run.RunCommands;
import dev.slipway.cli.storage.StorageCommands;
import dev.slipway.core.dockeroptions.DockerOptionsFamily;
import dev.slipway.core.enter.Enter;
import dev.slipway.core.logs.LogRetention;
import dev.slipway.core.logs.Logs;
import dev.slipway.core.resource.BuildDefaults;
import dev.slipway.core.resource.ResourceFamily;
import dev.slipway.core.run.Runs;
import dev.slipway.core.scheduler.local.LocalEnter;
import dev.slipway.core.scheduler.local.LocalLogs;
import dev.slipway.core.scheduler.local.LocalRun;
import dev.slipway.core.storage.FolderTool;
import dev.slipway.core.storage.StorageFamily;
import java.nio.file.Path;

/** What people do with containers by hand: options, one-off runs, a look inside, logs. */
final class ContainerPart {
  ContainerPart(Base base) {
    DockerOptionsFamily options = new DockerOptionsFamily(base.properties, base.triggers);
    options.register(base.handlers, base.reports);
    new DockerOptionsCommands(options).addTo(base.catalogue, base.reports);

    ResourceFamily resources = new ResourceFamily(base.properties, BuildDefaults.ofThisMachine());
    resources.register(base.handlers, base.reports);
    new ResourceCommands(resources, base.apps).addTo(base.catalogue, base.reports);

    Path tool = base.settings.launcher().resolveSibling("slipway-storage");
    StorageFamily storage =
        new StorageFamily(
            base.roots,
            base.files,
            base.properties,
            new FolderTool(base.engine, base.installationId, tool));
    storage.register(base.handlers);
    new StorageCommands(storage).addTo(base.catalogue, base.reports);

    new LocalRun(base.engine, base.triggers, base.properties).register(base.handlers);
    new RunCommands(new Runs(base.triggers, base.apps)).addTo(base.catalogue);

    new LocalEnter(base.engine, base.roots, base.files, base.properties).register(base.handlers);
    new EnterCommands(new Enter(base.triggers, base.apps)).addTo(base.catalogue);

    new LocalLogs(base.engine, base.roots, base.files).register(base.handlers);
    new LogRetention(base.properties, base.triggers, base.engine).register(base.handlers);
    new LogsCommands(new Logs(base.triggers), base.apps).addTo(base.catalogue);
  }
}
