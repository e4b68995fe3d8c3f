package dev.slipway.core.domains;

import static dev.slipway.core.triggers.CoreTriggers.CORE_POST_DEPLOY;
import static dev.slipway.core.triggers.CoreTriggers.DOMAINS_ADD;
import static dev.slipway.core.triggers.CoreTriggers.DOMAINS_DISABLE;
import static dev.slipway.core.triggers.CoreTriggers.DOMAINS_ENABLE;
import static dev.slipway.core.triggers.CoreTriggers.DOMAINS_LIST;
import static dev.slipway.core.triggers.CoreTriggers.DOMAINS_URLS;
import static dev.slipway.core.triggers.CoreTriggers.DOMAINS_VHOST_ENABLED;
import static dev.slipway.core.triggers.CoreTriggers.POST_APP_CLONE_SETUP;
import static dev.slipway.core.triggers.CoreTriggers.POST_APP_RENAME_SETUP;
import static dev.slipway.core.triggers.CoreTriggers.POST_CREATE;
import static dev.slipway.core.triggers.CoreTriggers.PROXY_TYPE;

import dev.slipway.core.error.UserError;
import dev.slipway.core.model.AppName;
import dev.slipway.core.triggers.Handlers;
import dev.slipway.core.triggers.Invocation;
import dev.slipway.core.triggers.Triggers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What the core plugin {@code domains} does at triggers. Spec: 02 sections 2.7 and 2.9. */
final class DomainsHandlers {
  private static final String PLUGIN = "domains";
  private static final Path DEFAULT_SITE = Path.of("/etc/nginx/sites-enabled/default");

  private final Domains domains;
  private final DomainFiles files;
  private final Vhosts vhosts;
  private final Triggers triggers;

  DomainsHandlers(Domains domains, DomainFiles files, Vhosts vhosts, Triggers triggers) {
    this.domains = domains;
    this.files = files;
    this.vhosts = vhosts;
    this.triggers = triggers;
  }

  void register(Handlers handlers) {
    handlers
        .on(PLUGIN, DOMAINS_ADD, this::add)
        .on(PLUGIN, DOMAINS_LIST, this::list)
        .on(PLUGIN, DOMAINS_ENABLE, at -> vhosts.enable(at.call(), at.app(0), restart(at)))
        .on(PLUGIN, DOMAINS_DISABLE, at -> vhosts.disable(at.call(), at.app(0), restart(at)))
        .on(PLUGIN, DOMAINS_VHOST_ENABLED, this::enabled)
        .on(PLUGIN, DOMAINS_URLS, this::urls)
        .on(PLUGIN, POST_CREATE, this::created)
        .on(PLUGIN, POST_APP_CLONE_SETUP, this::cloned)
        .on(PLUGIN, POST_APP_RENAME_SETUP, this::renamed)
        .on(PLUGIN, CORE_POST_DEPLOY, this::deployed);
  }

  private static boolean restart(Invocation at) {
    return at.argument(1).equals("true");
  }

  private void add(Invocation at) {
    domains.add(at.call(), at.app(0), Domains.parse(at.from(1)));
  }

  private void list(Invocation at) {
    domains.inForce(at.call(), at.app(0)).forEach(at.out()::line);
  }

  private void enabled(Invocation at) {
    if (!vhosts.enabled(at.call(), at.app(0))) {
      throw UserError.silent(1);
    }
  }

  private void urls(Invocation at) {
    if (at.argument(1).equals("url")) {
      at.out().line(domains.urls().first(at.call(), at.app(0)));
    } else {
      domains.urls().all(at.call(), at.app(0)).forEach(at.out()::line);
    }
  }

  private void created(Invocation at) {
    if (vhosts.enabled(at.call(), at.app(0))) {
      vhosts.setUp(at.call(), at.app(0));
    } else {
      at.out().step("App virtual host support disabled, skipping domain setup");
    }
  }

  private void cloned(Invocation at) {
    files.delete(at.app(1)).forget();
    vhosts.setUp(at.call().with("DOKKU_QUIET_OUTPUT", "1"), at.app(1));
  }

  private void renamed(Invocation at) {
    AppName before = at.app(0);
    AppName after = at.app(1);
    List<String> global = files.global();
    List<String> lines =
        files.ofApp(before).stream().map(line -> renamed(line, before, after, global)).toList();
    files.change(after, old -> lines).forget();
  }

  private static String renamed(String line, AppName before, AppName after, List<String> global) {
    for (String each : global) {
      if (line.equals(before + "." + each)) {
        return after + "." + each;
      }
    }
    return line;
  }

  private void deployed(Invocation at) {
    if (!Files.exists(DEFAULT_SITE)
        || !triggers.ask(at.call(), PROXY_TYPE, at.app(0)).equals("nginx")) {
      return;
    }
    List<String> global = files.global();
    if (global.stream().anyMatch(DefaultDomains::endsInIpv4)) {
      warn(at, "IPv4");
    } else if (global.stream().anyMatch(DefaultDomains::endsInIpv6)) {
      warn(at, "IPv6");
    }
  }

  private static void warn(Invocation at, String kind) {
    at.out().warn("Detected " + kind + " domain name with nginx proxy enabled.");
    at.out().warn("Ensure the default nginx site is removed before continuing.");
  }
}
