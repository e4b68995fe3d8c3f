package dev.slipway.cli;

import dev.slipway.cli.apps.AppsCommands;
import dev.slipway.cli.catalogue.Catalogue;
import dev.slipway.cli.config.ConfigCommands;
import dev.slipway.cli.domains.DomainsCommands;
import dev.slipway.cli.gate.CommandGate;
import dev.slipway.cli.nginx.NginxCommands;
import dev.slipway.cli.plugin.PluginFamily;
import dev.slipway.cli.ports.PortsCommands;
import dev.slipway.cli.proxy.ProxyCommands;
import dev.slipway.cli.standard.StandardCommands;
import dev.slipway.core.apps.AppDirectory;
import dev.slipway.core.apps.Apps;
import dev.slipway.core.apps.AppsFamily;
import dev.slipway.core.apps.DeployLockFile;
import dev.slipway.core.call.Gate;
import dev.slipway.core.certs.Certificates;
import dev.slipway.core.config.ConfigFamily;
import dev.slipway.core.domains.Domains;
import dev.slipway.core.locks.InvocationTrees;
import dev.slipway.core.ports.Ports;
import dev.slipway.core.process.Programs;
import dev.slipway.core.proxy.Proxies;
import dev.slipway.core.report.PropertySetter;
import dev.slipway.core.report.Reports;
import dev.slipway.core.store.DurableFiles;
import dev.slipway.core.store.PropertyStore;
import dev.slipway.core.store.Roots;
import dev.slipway.core.triggers.Handlers;
import dev.slipway.core.triggers.Triggers;
import dev.slipway.plugins.host.PluginHost;
import dev.slipway.proxy.NginxHost;
import dev.slipway.proxy.NginxProxy;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/**
 * The composition root: makes every service with the concrete adapters and ties them together, in
 * plain Java. Nothing runs until {@link #prepare} and the doors are started.
 */
public final class Installation {
  private final Roots roots;
  private final DurableFiles files;
  private final PluginHost plugins;
  private final NginxProxy proxy;
  private final Gate gate;
  private final Catalogue catalogue = new Catalogue();

  public Installation(DaemonSettings settings) {
    roots = settings.roots();
    files = new DurableFiles(roots);
    PropertyStore properties = new PropertyStore(roots, files);
    Programs programs = new Programs(Optional.of(settings.launcher()));
    plugins =
        new PluginHost(
            roots,
            files,
            settings.launcher(),
            Path.of("/etc/default/dokku"),
            settings.environment(),
            programs);
    Handlers handlers = new Handlers();
    Triggers triggers = new Triggers(handlers, plugins.hooks(), programs);
    AppDirectory directory = new AppDirectory(roots, () -> triggers);
    Reports reports = new Reports(directory);
    PropertySetter setter = new PropertySetter(properties, directory);
    InvocationTrees trees = new InvocationTrees();

    Apps apps = new Apps(roots, files, properties, triggers, directory, Clock.systemUTC());
    DeployLockFile lock = new DeployLockFile(roots, files);
    AppsFamily appsFamily = new AppsFamily(roots, files, properties, apps, directory, lock);
    appsFamily.register(handlers, reports, programs);
    new AppsCommands(apps, directory, lock, appsFamily).addTo(catalogue, reports, setter);

    ConfigFamily config = new ConfigFamily(roots, files, properties, triggers);
    config.register(handlers);
    new ConfigCommands(config.config(), directory).addTo(catalogue);

    Domains domains = new Domains(roots, files, triggers);
    domains.register(handlers);
    new DomainsCommands(domains, directory).addTo(catalogue, reports);

    Ports ports = new Ports(properties, triggers);
    ports.register(handlers);
    new PortsCommands(ports, directory).addTo(catalogue, reports);

    new Certificates(roots, files).register(handlers);
    Proxies proxies = new Proxies(properties, triggers);
    proxies.register(handlers);
    new ProxyCommands(proxies, directory).addTo(catalogue, reports, setter);

    proxy =
        new NginxProxy(
            roots, files, properties, triggers, NginxHost.from(settings.environment()), programs);
    proxy.register(handlers);
    new NginxCommands(proxy, directory).addTo(catalogue, reports, setter);

    new PluginFamily(plugins.listing()).addTo(catalogue);
    new StandardCommands(roots, files, plugins.commands()).addTo(catalogue);
    gate =
        new CommandGate(
            catalogue.complete(),
            plugins.commands(),
            plugins.environment(),
            triggers,
            trees,
            directory);
  }

  /** Makes the folders and files that have to be there before the doors open. */
  public void prepare() {
    files.createDirectories(roots.dokkuRoot());
    files.createDirectories(roots.slipway());
    files.createDirectories(roots.run());
    files.createDirectories(roots.logs());
    plugins.prepare();
    proxy.prepare();
  }

  public Gate gate() {
    return gate;
  }

  /** The commands, for completion and for tests that go through all of them. */
  public Catalogue catalogue() {
    return catalogue;
  }
}
