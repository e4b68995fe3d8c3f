package dev.slipway.core.ports;

import static dev.slipway.core.ports.PortMaps.DETECTED;
import static dev.slipway.core.ports.PortMaps.MAP;
import static dev.slipway.core.ports.PortMaps.PLUGIN;
import static dev.slipway.core.triggers.CoreTriggers.PORTS_CLEAR;
import static dev.slipway.core.triggers.CoreTriggers.PORTS_CONFIGURE;
import static dev.slipway.core.triggers.CoreTriggers.PORTS_GET;
import static dev.slipway.core.triggers.CoreTriggers.PORTS_GET_AVAILABLE;
import static dev.slipway.core.triggers.CoreTriggers.PORTS_GET_PROPERTY;
import static dev.slipway.core.triggers.CoreTriggers.PORTS_SET_DETECTED;
import static dev.slipway.core.triggers.CoreTriggers.POST_APP_CLONE_SETUP;
import static dev.slipway.core.triggers.CoreTriggers.POST_APP_RENAME_SETUP;
import static dev.slipway.core.triggers.CoreTriggers.POST_CERTS_REMOVE;
import static dev.slipway.core.triggers.CoreTriggers.POST_CERTS_UPDATE;
import static dev.slipway.core.triggers.CoreTriggers.POST_DELETE;

import dev.slipway.core.error.UserError;
import dev.slipway.core.model.AppName;
import dev.slipway.core.model.PortMapping;
import dev.slipway.core.model.Scope;
import dev.slipway.core.store.PropertyStore;
import dev.slipway.core.triggers.Handlers;
import dev.slipway.core.triggers.Invocation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** What the core plugin {@code ports} does at triggers. Spec: 02 section 4.5. */
final class PortsHandlers {
  private final PropertyStore store;
  private final PortMaps maps;
  private final ProxyPorts proxyPorts;

  PortsHandlers(PropertyStore store, PortMaps maps, ProxyPorts proxyPorts) {
    this.store = store;
    this.maps = maps;
    this.proxyPorts = proxyPorts;
  }

  void register(Handlers handlers) {
    handlers
        .on(PLUGIN, PORTS_GET, this::get)
        .on(PLUGIN, PORTS_GET_PROPERTY, this::getProperty)
        .on(PLUGIN, PORTS_GET_AVAILABLE, at -> at.out().line("" + ProxyPorts.available()))
        .on(PLUGIN, PORTS_CONFIGURE, this::configure)
        .on(PLUGIN, PORTS_SET_DETECTED, this::setDetected)
        .on(PLUGIN, PORTS_CLEAR, this::clear)
        .on(PLUGIN, POST_CERTS_UPDATE, this::certificateInstalled)
        .on(PLUGIN, POST_CERTS_REMOVE, this::certificateRemoved)
        .on(PLUGIN, POST_APP_CLONE_SETUP, this::copy)
        .on(PLUGIN, POST_APP_RENAME_SETUP, this::move)
        .on(PLUGIN, POST_DELETE, at -> store.destroy(PLUGIN, at.app(0)));
  }

  private void get(Invocation at) {
    List<PortMapping> mappings = maps.effective(at.call(), at.app(0));
    switch (at.argument(1)) {
      case "", "stdout" -> mappings.forEach(each -> at.out().line(each.toString()));
      case "json" -> at.out().line(PortMaps.json(mappings));
      default -> throw new UserError("Invalid format specified: " + at.argument(1));
    }
  }

  private void getProperty(Invocation at) {
    String key = at.argument(1);
    if (key.equals(ProxyPorts.PORT) || key.equals(ProxyPorts.SSL_PORT)) {
      at.out().line(String.valueOf(proxyPorts.computed(at.app(0), key).orElse(0)));
    } else {
      at.out().line(store.get(PLUGIN, Scope.of(at.app(0)), key).orElse(""));
    }
  }

  private void configure(Invocation at) {
    proxyPorts.configure(at.call(), at.app(0), maps.secured(at.call(), at.app(0)));
  }

  private void setDetected(Invocation at) {
    List<PortMapping> found = at.from(1).stream().map(PortMapping::parse).toList();
    store.setList(PLUGIN, Scope.of(at.app(0)), DETECTED, PortMaps.lines(found));
  }

  private void clear(Invocation at) {
    store.unset(PLUGIN, Scope.of(at.app(0)), MAP);
    store.unset(PLUGIN, Scope.of(at.app(0)), DETECTED);
  }

  private void certificateInstalled(Invocation at) {
    AppName app = at.app(0);
    proxyPorts.forgetUsual(app);
    update(app, PortsHandlers::secured);
  }

  private static List<PortMapping> secured(List<PortMapping> own) {
    List<PortMapping> all = new ArrayList<>(own);
    if (own.stream().noneMatch(PortsHandlers::isHttps443)) {
      own.stream()
          .filter(each -> each.schemeAndHostPort().equals("http:80"))
          .forEach(each -> all.add(new PortMapping("https", 443, each.containerPort())));
    }
    return all;
  }

  private void update(AppName app, UnaryOperator<List<PortMapping>> change) {
    store.updateList(
        PLUGIN, Scope.of(app), MAP, lines -> PortMaps.lines(change.apply(PortMaps.parsed(lines))));
  }

  private void certificateRemoved(Invocation at) {
    AppName app = at.app(0);
    proxyPorts.forget(app, ProxyPorts.SSL_PORT);
    update(app, own -> own.stream().filter(each -> !isHttps443(each)).toList());
  }

  private static boolean isHttps443(PortMapping mapping) {
    return mapping.schemeAndHostPort().equals("https:443");
  }

  private void copy(Invocation at) {
    store.setAll(PLUGIN, Scope.of(at.app(1)), store.all(PLUGIN, Scope.of(at.app(0))));
  }

  private void move(Invocation at) {
    copy(at);
    store.destroy(PLUGIN, at.app(0));
  }
}
