package dev.slipway.proxy;

import static dev.slipway.core.triggers.CoreTriggers.APP_RESTART;
import static dev.slipway.core.triggers.CoreTriggers.CORE_POST_DEPLOY;
import static dev.slipway.core.triggers.CoreTriggers.CORE_POST_EXTRACT;
import static dev.slipway.core.triggers.CoreTriggers.DOMAINS_DISABLE;
import static dev.slipway.core.triggers.CoreTriggers.DOMAINS_ENABLE;
import static dev.slipway.core.triggers.CoreTriggers.NETWORK_BUILD_CONFIG;
import static dev.slipway.core.triggers.CoreTriggers.NETWORK_CLEAR_CONFIG;
import static dev.slipway.core.triggers.CoreTriggers.NETWORK_CONFIG_EXISTS;
import static dev.slipway.core.triggers.CoreTriggers.POST_APP_CLONE_SETUP;
import static dev.slipway.core.triggers.CoreTriggers.POST_APP_RENAME_SETUP;
import static dev.slipway.core.triggers.CoreTriggers.POST_CREATE;
import static dev.slipway.core.triggers.CoreTriggers.POST_DELETE;
import static dev.slipway.core.triggers.CoreTriggers.POST_DOMAINS_UPDATE;
import static dev.slipway.core.triggers.CoreTriggers.POST_PROXY_PORTS_UPDATE;
import static dev.slipway.core.triggers.CoreTriggers.PRE_DISABLE_VHOST;
import static dev.slipway.core.triggers.CoreTriggers.PRE_ENABLE_VHOST;
import static dev.slipway.core.triggers.CoreTriggers.PRE_RESTORE;
import static dev.slipway.core.triggers.CoreTriggers.PROXY_BUILD_CONFIG;
import static dev.slipway.core.triggers.CoreTriggers.PROXY_CLEAR_CONFIG;
import static dev.slipway.core.triggers.CoreTriggers.PROXY_DISABLE;
import static dev.slipway.core.triggers.CoreTriggers.PROXY_ENABLE;
import static dev.slipway.core.triggers.CoreTriggers.SCHEDULER_POST_DEPLOY_PROCESS;

import dev.slipway.core.call.Call;
import dev.slipway.core.model.AppName;
import dev.slipway.core.model.Scope;
import dev.slipway.core.store.PropertyStore;
import dev.slipway.core.triggers.CoreTriggers;
import dev.slipway.core.triggers.Handlers;
import dev.slipway.core.triggers.Invocation;
import dev.slipway.core.triggers.Triggers;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the core plugin {@code nginx-vhosts} does at triggers. Spec: 02 sections 6.3 and 6.11. */
final class NginxHandlers {
  private static final String PLUGIN = "nginx-vhosts";

  private final NginxProxy proxy;
  private final Nginx nginx;
  private final NginxProperties properties;
  private final PropertyStore store;
  private final Triggers triggers;
  private final UsualPorts usualPorts;

  NginxHandlers(
      NginxProxy proxy,
      Nginx nginx,
      NginxProperties properties,
      PropertyStore store,
      Triggers triggers) {
    this.proxy = proxy;
    this.nginx = nginx;
    this.properties = properties;
    this.store = store;
    this.triggers = triggers;
    this.usualPorts = new UsualPorts(store, triggers);
  }

  void register(Handlers handlers) {
    handlers
        .on(PLUGIN, POST_CREATE, this::created)
        .on(PLUGIN, PROXY_BUILD_CONFIG, this::buildWithNetwork)
        .on(PLUGIN, PROXY_CLEAR_CONFIG, this::clear)
        .on(PLUGIN, PROXY_ENABLE, at -> switched(at, DOMAINS_ENABLE))
        .on(PLUGIN, PROXY_DISABLE, at -> switched(at, DOMAINS_DISABLE))
        .on(PLUGIN, CORE_POST_EXTRACT, this::extracted)
        .on(PLUGIN, CORE_POST_DEPLOY, this::deployed)
        .on(PLUGIN, SCHEDULER_POST_DEPLOY_PROCESS, this::processDeployed)
        .on(PLUGIN, POST_DOMAINS_UPDATE, this::build)
        .on(PLUGIN, POST_PROXY_PORTS_UPDATE, this::build)
        .on(PLUGIN, PRE_ENABLE_VHOST, at -> usualPorts.beforeEnable(at.call(), at.app(0)))
        .on(PLUGIN, PRE_DISABLE_VHOST, at -> usualPorts.beforeDisable(at.call(), at.app(0)))
        .on(PLUGIN, POST_DELETE, this::deleted)
        .on(PLUGIN, POST_APP_CLONE_SETUP, this::cloned)
        .on(PLUGIN, POST_APP_RENAME_SETUP, this::renamed)
        .on(PLUGIN, PRE_RESTORE, this::restoring);
  }

  private void created(Invocation at) {
    if (!properties.stopped()) {
      build(at);
    }
  }

  private void build(Invocation at) {
    if (proxy.serves(at.call(), at.app(0))) {
      proxy.build(at.call(), at.app(0));
    }
  }

  private void buildWithNetwork(Invocation at) {
    Call call = at.call();
    AppName app = at.app(0);
    if (!proxy.serves(call, app)) {
      return;
    }
    if (triggers.ask(call, NETWORK_CONFIG_EXISTS, app).equals("true")) {
      triggers.fire(call, NETWORK_BUILD_CONFIG, app);
    }
    proxy.build(call, app);
  }

  private void clear(Invocation at) {
    if (at.argument(0).equals("--all")) {
      triggers
          .ask(at.call(), CoreTriggers.APP_LIST, "false")
          .lines()
          .filter(name -> !name.isBlank())
          .map(AppName::parse)
          .forEach(app -> clear(at.call(), app));
    } else {
      clear(at.call(), at.app(0));
    }
  }

  private void clear(Call call, AppName app) {
    if (proxy.serves(call, app)) {
      triggers.fire(call, NETWORK_CLEAR_CONFIG, app);
      proxy.clear(call, app);
    }
  }

  private void switched(Invocation at, dev.slipway.core.triggers.Trigger domains) {
    if (proxy.serves(at.call(), at.app(0))) {
      triggers.fire(at.call(), domains, at.app(0), "false");
      triggers.fire(at.call(), APP_RESTART, at.app(0));
    }
  }

  private void extracted(Invocation at) {
    AppName app = at.app(0);
    String path = properties.of(app).getOrDefault("nginx-conf-sigil-path", "");
    boolean ignored = properties.of(app).getOrDefault("disable-custom-config", "").equals("true");
    if (!ignored
        && !path.contains("..")
        && proxy.serves(at.call(), app)
        && Files.exists(Path.of(at.argument(1)).resolve(path))) {
      at.out()
          .warn("The app has a " + path + ", which is not served yet; the built-in one is used");
    }
  }

  private void deployed(Invocation at) {
    if (proxy.serves(at.call(), at.app(0))) {
      triggers.fire(at.call(), PROXY_BUILD_CONFIG, at.app(0));
    }
  }

  private void processDeployed(Invocation at) {
    if (at.argument(1).equals("web") && proxy.serves(at.call(), at.app(0))) {
      at.out().heading("Triggering early nginx proxy rebuild");
      triggers.fire(at.call(), PROXY_BUILD_CONFIG, at.app(0));
    }
  }

  private void deleted(Invocation at) {
    AppName app = at.app(0);
    if (proxy.serves(at.call(), app)) {
      proxy.clear(at.call(), app);
    }
    store.destroy(NginxProperties.PLUGIN, app);
    proxy.forget(app);
  }

  private void cloned(Invocation at) {
    copyProperties(at.app(0), at.app(1));
    clear(at.call(), at.app(1));
  }

  private void renamed(Invocation at) {
    copyProperties(at.app(0), at.app(1));
    store.destroy(NginxProperties.PLUGIN, at.app(0));
    triggers.fire(at.call(), PROXY_CLEAR_CONFIG, at.app(1));
  }

  private void copyProperties(AppName from, AppName to) {
    store.setAll(
        NginxProperties.PLUGIN, Scope.of(to), store.all(NginxProperties.PLUGIN, Scope.of(from)));
  }

  private void restoring(Invocation at) {
    String status = store.get(NginxProperties.PLUGIN, Scope.GLOBAL, "proxy-status").orElse("");
    String command =
        store.get(NginxProperties.PLUGIN, Scope.GLOBAL, "nginx-service-command").orElse("");
    if (status.equals("started") && !nginx.start(command)) {
      at.out().warn("Failed to restore nginx proxy, requests may not route as expected");
    }
  }
}
