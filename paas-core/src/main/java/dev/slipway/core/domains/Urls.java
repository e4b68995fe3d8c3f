package dev.slipway.core.domains;

import static dev.slipway.core.triggers.CoreTriggers.APP_URLS;
import static dev.slipway.core.triggers.CoreTriggers.CERTS_EXISTS;
import static dev.slipway.core.triggers.CoreTriggers.NETWORK_GET_LISTENERS;
import static dev.slipway.core.triggers.CoreTriggers.PORTS_GET;
import static dev.slipway.core.triggers.CoreTriggers.PROXY_IS_ENABLED;

import dev.slipway.core.call.Call;
import dev.slipway.core.error.UserError;
import dev.slipway.core.model.AppName;
import dev.slipway.core.triggers.Triggers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The addresses that people type to reach an app. Spec: 02 section 2.8. */
public final class Urls {
  private final Domains domains;
  private final Triggers triggers;
  private final Supplier<String> hostName;

  Urls(Domains domains, Triggers triggers, Supplier<String> hostName) {
    this.domains = domains;
    this.triggers = triggers;
    this.hostName = hostName;
  }

  /**
   * The first URL with the app's scheme.
   *
   * @throws UserError without a message if there is none
   */
  public String first(Call call, AppName app) {
    String scheme = secure(call, app) ? "https://" : "http://";
    List<String> given = given(call, app, "url");
    return (given.isEmpty() ? computed(call, app) : given)
        .stream()
            .filter(url -> url.contains(scheme))
            .findFirst()
            .orElseThrow(() -> UserError.silent(1));
  }

  /** All URLs, sorted; computed ones are unique. */
  public List<String> all(Call call, AppName app) {
    List<String> given = given(call, app, "urls");
    if (!given.isEmpty()) {
      return given.stream().sorted().toList();
    }
    return computed(call, app).stream().sorted().distinct().toList();
  }

  private List<String> given(Call call, AppName app, String type) {
    return words(triggers.ask(call, APP_URLS, app, type));
  }

  private List<String> computed(Call call, AppName app) {
    boolean secure = secure(call, app);
    List<Endpoint> endpoints = endpoints(call, app, secure);
    List<String> urls = new ArrayList<>();
    for (String domain : names(call, app)) {
      endpoints.forEach(endpoint -> urls.add(endpoint.url(domain)));
    }
    return urls;
  }

  private List<String> names(Call call, AppName app) {
    List<String> own = domains.inForce(call, app);
    if (!own.isEmpty()) {
      return own;
    }
    List<String> global = domains.global().list();
    return global.isEmpty() ? List.of(hostName.get()) : global;
  }

  private List<Endpoint> endpoints(Call call, AppName app, boolean secure) {
    Endpoint usual = secure ? new Endpoint("https", "443") : new Endpoint("http", "80");
    if (triggers.ask(call, PROXY_IS_ENABLED, app).equals("false")) {
      return words(triggers.ask(call, NETWORK_GET_LISTENERS, app, "web")).stream()
          .map(listener -> listener.substring(listener.lastIndexOf(':') + 1))
          .map(port -> new Endpoint(usual.scheme(), port))
          .toList();
    }
    List<Endpoint> mapped =
        triggers
            .ask(call, PORTS_GET, app)
            .lines()
            .flatMap(line -> Endpoint.ofMapping(line).stream())
            .filter(endpoint -> secure || !endpoint.scheme().equals("https"))
            .toList();
    return mapped.isEmpty() ? List.of(usual) : mapped;
  }

  private boolean secure(Call call, AppName app) {
    return triggers.ask(call, CERTS_EXISTS, app).equals("true");
  }

  private static List<String> words(String text) {
    return Stream.of(text.split("\\s+")).filter(word -> !word.isEmpty()).toList();
  }

  private record Endpoint(String scheme, String port) {
    static Optional<Endpoint> ofMapping(String line) {
      String[] part = line.strip().split(":", -1);
      return part.length == 3 ? Optional.of(new Endpoint(part[0], part[1])) : Optional.empty();
    }

    String url(String domain) {
      if (port.equals("80")) {
        return "http://" + domain;
      }
      return port.equals("443") && scheme.equals("https")
          ? "https://" + domain
          : scheme + "://" + domain + ":" + port;
    }
  }
}
