package dev.slipway.proxy;

import dev.slipway.core.model.AppName;
import dev.slipway.core.model.PortMapping;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * All that decides what an app's file says.
 *
 * @param folder the app's folder
 * @param errorPages the folder with the pages for errors of the proxy's own
 * @param names the app's domains in their order; empty for a server that has no name
 * @param secureNames more names for servers with a certificate
 * @param mappings in order
 * @param upstreams addresses of web containers, in order; empty for an app that is not live
 * @param secure whether a certificate is installed
 * @param securePort where plain requests are sent then
 * @param ipv6 whether the host has IPv6 at all
 * @param settings the nginx properties by name, checked
 */
record Site(
    AppName app,
    Path folder,
    Path errorPages,
    List<String> names,
    List<String> secureNames,
    List<PortMapping> mappings,
    List<String> upstreams,
    boolean secure,
    int securePort,
    boolean ipv6,
    NginxVersion version,
    Map<String, String> settings) {
  Site {
    names = List.copyOf(names);
    secureNames = List.copyOf(secureNames);
    mappings = List.copyOf(mappings);
    upstreams = List.copyOf(upstreams);
    settings = Map.copyOf(settings);
  }

  boolean isLive() {
    return !upstreams.isEmpty();
  }

  String setting(String name) {
    return settings.getOrDefault(name, "");
  }

  /** Distinct container ports in the order in which the mappings name them. */
  List<Integer> containerPorts() {
    return mappings.stream().map(PortMapping::containerPort).distinct().toList();
  }

  /** The same without what needs more than this file to be valid. */
  Site alone() {
    Map<String, String> plain = new java.util.HashMap<>(settings);
    plain.put("access-log-format", "");
    plain.put("access-log-path", "off");
    plain.put("error-log-path", "/dev/null");
    return new Site(
        app,
        folder,
        errorPages,
        names,
        secureNames,
        mappings,
        upstreams,
        secure,
        securePort,
        ipv6,
        version,
        plain);
  }
}
