package dev.slipway.proxy;

import static dev.slipway.core.triggers.CoreTriggers.CERTS_EXISTS;
import static dev.slipway.core.triggers.CoreTriggers.DOMAINS_LIST;
import static dev.slipway.core.triggers.CoreTriggers.DOMAINS_VHOST_ENABLED;
import static dev.slipway.core.triggers.CoreTriggers.NETWORK_GET_LISTENERS;
import static dev.slipway.core.triggers.CoreTriggers.PORTS_GET;
import static dev.slipway.core.triggers.CoreTriggers.PORTS_GET_PROPERTY;

import dev.slipway.core.call.Call;
import dev.slipway.core.error.UserError;
import dev.slipway.core.model.AppName;
import dev.slipway.core.model.Domain;
import dev.slipway.core.model.PortMapping;
import dev.slipway.core.store.DurableFiles;
import dev.slipway.core.store.Roots;
import dev.slipway.core.triggers.Triggers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Asks the families for what an app's file has to say. What comes back may be a plugin's or an
 * administrator's text, so all of it is checked before it gets near the configuration.
 */
final class SiteFacts {
  private static final Path IPV6 = Path.of("/proc/net/if_inet6");
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.-]{0,252}");
  private static final int HTTPS = 443;

  private final Roots roots;
  private final DurableFiles files;
  private final Triggers triggers;
  private final NginxProperties properties;
  private final Path errorPages;
  private final Supplier<NginxVersion> version;

  SiteFacts(
      Roots roots,
      DurableFiles files,
      Triggers triggers,
      NginxProperties properties,
      Path errorPages,
      Supplier<NginxVersion> version) {
    this.roots = roots;
    this.files = files;
    this.triggers = triggers;
    this.properties = properties;
    this.errorPages = errorPages;
    this.version = version;
  }

  /** Host addresses of the web listeners, in their order. */
  List<String> listeners(Call call, AppName app) {
    return words(triggers.ask(call, NETWORK_GET_LISTENERS, app, "web")).stream()
        .map(listener -> listener.split(":", 2)[0])
        .filter(host -> HOST.matcher(host).matches())
        .toList();
  }

  boolean secure(Call call, AppName app) {
    return triggers.ask(call, CERTS_EXISTS, app).equals("true");
  }

  /** The mappings in force; those that need a certificate only where there is one. */
  List<PortMapping> mappings(Call call, AppName app, boolean secure) {
    List<PortMapping> result = new ArrayList<>();
    for (String line : words(triggers.ask(call, PORTS_GET, app))) {
      Optional<PortMapping> mapping = mapping(line);
      if (mapping.isEmpty()) {
        call.out().warn("Ignoring port mapping that cannot be served (" + line + ")");
      } else if (mapping.get().scheme().equals("https") && !secure) {
        call.out()
            .warn(
                "Ignoring detected https port mapping without an accompanying ssl certificate ("
                    + line
                    + ")");
      } else {
        result.add(mapping.get());
      }
    }
    return result;
  }

  private static Optional<PortMapping> mapping(String line) {
    try {
      return Optional.of(PortMapping.parse(line));
    } catch (UserError malformed) {
      return Optional.empty();
    }
  }

  /**
   * @param upstreams empty for an app that is not live
   */
  Site site(
      Call call, AppName app, List<PortMapping> mappings, List<String> upstreams, boolean secure) {
    boolean https = mappings.stream().anyMatch(each -> !each.scheme().equals("http"));
    return new Site(
        app,
        roots.app(app),
        errorPages,
        names(call, app),
        secure ? secureNames(call, app) : List.of(),
        mappings,
        upstreams,
        secure,
        secure ? securePort(call, app) : HTTPS,
        Files.exists(IPV6),
        https ? version.get() : NginxVersion.parse(""),
        properties.of(app));
  }

  private List<String> names(Call call, AppName app) {
    List<String> names = new ArrayList<>();
    for (String line : lines(triggers.ask(call, DOMAINS_LIST, app))) {
      if (Domain.isValid(line)) {
        names.add(line);
      } else {
        call.out().warn("Ignoring a domain of " + app + " that cannot be served (" + line + ")");
      }
    }
    return names;
  }

  /** The global names, backwards, for an app with a certificate and without domains of its own. */
  private List<String> secureNames(Call call, AppName app) {
    if (triggers.holds(call, DOMAINS_VHOST_ENABLED, app)) {
      return List.of();
    }
    List<String> names =
        new ArrayList<>(
            files.lines(roots.dokkuRoot().resolve("VHOST")).stream()
                .map(String::strip)
                .filter(Domain::isValid)
                .toList());
    Collections.reverse(names);
    return names;
  }

  private int securePort(Call call, AppName app) {
    String port = triggers.ask(call, PORTS_GET_PROPERTY, app, "proxy-ssl-port");
    return port.matches("[1-9][0-9]{0,4}") ? Integer.parseInt(port) : HTTPS;
  }

  private static List<String> lines(String text) {
    return text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
  }

  private static List<String> words(String text) {
    return Stream.of(text.split("\\s+")).filter(word -> !word.isEmpty()).toList();
  }
}
