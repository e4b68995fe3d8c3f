package dev.slipway.cli;

import dev.slipway.cli.catalogue.Catalogue;
import dev.slipway.core.apps.AppDirectory;
import dev.slipway.core.call.Deliveries;
import dev.slipway.core.engine.Engine;
import dev.slipway.core.engine.docker.DockerEngine;
import dev.slipway.core.engine.docker.DockerSettings;
import dev.slipway.core.journal.FileJournal;
import dev.slipway.core.journal.Journal;
import dev.slipway.core.locks.InvocationTrees;
import dev.slipway.core.process.Programs;
import dev.slipway.core.report.PropertySetter;
import dev.slipway.core.report.Reports;
import dev.slipway.core.store.DurableFiles;
import dev.slipway.core.store.InstallationId;
import dev.slipway.core.store.PropertyStore;
import dev.slipway.core.store.Roots;
import dev.slipway.core.triggers.Handlers;
import dev.slipway.core.triggers.Triggers;
import dev.slipway.plugins.host.PluginHost;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What every part of an installation is made from. The parts register their handlers and commands
 * here.
 */
final class Base {
  final DaemonSettings settings;
  final Roots roots;
  final DurableFiles files;
  final PropertyStore properties;
  final Programs programs;
  final Deliveries deliveries;
  final Engine engine;
  final InstallationId installationId;
  final PluginHost plugins;
  final Handlers handlers = new Handlers();
  final Triggers triggers;
  final AppDirectory apps;
  final Reports reports;
  final PropertySetter setter;
  final InvocationTrees trees = new InvocationTrees();
  final Catalogue catalogue = new Catalogue();
  final Clock clock = Clock.systemUTC();
  final Journal journal;

  /**
   * @param journalling wraps the journal; itself in the product
   */
  Base(DaemonSettings settings, UnaryOperator<Journal> journalling) {
    this.settings = settings;
    roots = settings.roots();
    files = new DurableFiles(roots);
    properties = new PropertyStore(roots, files);
    programs = new Programs(Optional.of(settings.launcher()));
    deliveries = new Deliveries(programs);
    journal = journalling.apply(new FileJournal(roots, files));
    installationId = InstallationId.of(roots, files);
    engine =
        new DockerEngine(
            DockerSettings.from(
                settings.environment(), installationId.value(), settings.isSystem()),
            programs);
    plugins =
        new PluginHost(
            roots,
            files,
            settings.launcher(),
            Path.of("/etc/default/dokku"),
            settings.environment(),
            programs,
            trees::isOpen);
    triggers = new Triggers(handlers, plugins.hooks(), programs);
    apps = new AppDirectory(roots, () -> triggers);
    reports = new Reports(apps);
    setter = new PropertySetter(properties, apps);
  }
}
