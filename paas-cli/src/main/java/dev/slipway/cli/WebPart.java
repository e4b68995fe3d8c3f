package dev.slipway.cli;

import dev.slipway.cli.domains.DomainsCommands;
import dev.slipway.cli.network.NetworkCommands;
import dev.slipway.cli.nginx.NginxCommands;
import dev.slipway.cli.ports.PortsCommands;
import dev.slipway.cli.proxy.ProxyCommands;
import dev.slipway.core.certs.Certificates;
import dev.slipway.core.domains.Domains;
import dev.slipway.core.network.Networks;
import dev.slipway.core.ports.Ports;
import dev.slipway.core.proxy.Proxies;
import dev.slipway.proxy.NginxHost;
import dev.slipway.proxy.NginxProxy;

/** How the web gets in: domains, ports, certificates, networks and the proxy. */
final class WebPart {
  final NginxProxy proxy;

  WebPart(Base base) {
    domainsAndPorts(base);
    new Certificates(base.roots, base.files).register(base.handlers);
    Networks networks = new Networks(base.roots, base.files, base.properties, base.engine);
    networks.register(base.handlers);
    new NetworkCommands(networks).addTo(base.catalogue, base.reports);
    Proxies proxies = new Proxies(base.properties, base.triggers);
    proxies.register(base.handlers);
    new ProxyCommands(proxies, base.apps).addTo(base.catalogue, base.reports, base.setter);
    proxy =
        new NginxProxy(
            base.roots,
            base.files,
            base.properties,
            base.triggers,
            NginxHost.from(base.settings.environment()),
            base.programs);
    proxy.register(base.handlers);
    new NginxCommands(proxy, base.apps).addTo(base.catalogue, base.reports, base.setter);
  }

  private static void domainsAndPorts(Base base) {
    Domains domains = new Domains(base.roots, base.files, base.triggers);
    domains.register(base.handlers);
    new DomainsCommands(domains, base.apps).addTo(base.catalogue, base.reports);
    Ports ports = new Ports(base.properties, base.triggers);
    ports.register(base.handlers);
    new PortsCommands(ports, base.apps).addTo(base.catalogue, base.reports);
  }
}
