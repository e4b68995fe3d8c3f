package dev.slipway.core.ports;

import static dev.slipway.core.ports.PortMaps.DETECTED;
import static dev.slipway.core.ports.PortMaps.MAP;
import static dev.slipway.core.ports.PortMaps.PLUGIN;
import static dev.slipway.core.triggers.CoreTriggers.POST_PROXY_PORTS_UPDATE;

import dev.slipway.core.call.Call;
import dev.slipway.core.error.UserError;
import dev.slipway.core.model.AppName;
import dev.slipway.core.model.PortMapping;
import dev.slipway.core.model.Scope;
import dev.slipway.core.report.Report;
import dev.slipway.core.report.ReportedFlag;
import dev.slipway.core.store.PropertyStore;
import dev.slipway.core.store.Undo;
import dev.slipway.core.triggers.Handlers;
import dev.slipway.core.triggers.Triggers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/**
 * The port mappings that users set. A change is on disk before the proxy hears of it, and taken
 * back if the proxy refuses. Spec: 02 section 4.
 */
public final class Ports {
  private final PropertyStore store;
  private final Triggers triggers;
  private final PortMaps maps;
  private final ProxyPorts proxyPorts;

  public Ports(PropertyStore store, Triggers triggers) {
    this.store = store;
    this.triggers = triggers;
    this.proxyPorts = new ProxyPorts(store, triggers);
    this.maps = new PortMaps(store, proxyPorts, triggers);
  }

  public void register(Handlers handlers) {
    new PortsHandlers(store, maps, proxyPorts).register(handlers);
  }

  /**
   * Prints the user's mappings as a table.
   *
   * @throws UserError if there are none
   */
  public void list(Call call, AppName app) {
    List<PortMapping> mappings = maps.set(app);
    if (mappings.isEmpty()) {
      throw new UserError("No port mappings configured for app");
    }
    call.out().unlessQuiet().step("Port mappings for " + app);
    new PortsTable(mappings).print(call);
  }

  /**
   * @throws UserError if an argument is malformed or claims a scheme and host port that is taken
   */
  public void add(Call call, AppName app, List<String> words) {
    List<PortMapping> news = PortArguments.parse(words).mappings();
    PortArguments.requireDistinct(news, "new port mappings");
    change(
        call,
        app,
        "add",
        before -> {
          List<PortMapping> after = new ArrayList<>(before);
          after.addAll(news);
          PortArguments.requireDistinct(after, "all port mappings");
          return after;
        });
  }

  public void set(Call call, AppName app, List<String> words) {
    List<PortMapping> news = PortArguments.parse(words).mappings();
    PortArguments.requireDistinct(news, "port mappings");
    change(call, app, "set", before -> news);
  }

  /** Removes these mappings, and all with these host ports; unknown ones are ignored. */
  public void remove(Call call, AppName app, List<String> words) {
    PortArguments gone = PortArguments.parse(words);
    change(
        call,
        app,
        "remove",
        before ->
            before.stream()
                .filter(each -> !gone.mappings().contains(each))
                .filter(each -> !gone.hostPorts().contains(each.hostPort()))
                .toList());
  }

  /** Forgets what the user set and what builders detected. */
  public void clear(Call call, AppName app) {
    Scope scope = Scope.of(app);
    try (Undo undo = update(scope, DETECTED, before -> List.of())) {
      change(call, app, "clear", before -> List.of());
      undo.forget();
    }
  }

  private void change(
      Call call, AppName app, String action, UnaryOperator<List<PortMapping>> change) {
    Scope scope = Scope.of(app);
    try (Undo undo =
        update(scope, MAP, lines -> PortMaps.lines(change.apply(PortMaps.parsed(lines))))) {
      triggers.fire(call, POST_PROXY_PORTS_UPDATE, app, action);
      undo.forget();
    }
  }

  /** What somebody else has changed since then is not taken back. */
  private Undo update(Scope scope, String key, UnaryOperator<List<String>> change) {
    AtomicReference<List<String>> before = new AtomicReference<>(List.of());
    AtomicReference<List<String>> after = new AtomicReference<>(List.of());
    store.updateList(
        PLUGIN,
        scope,
        key,
        lines -> {
          before.set(lines);
          after.set(change.apply(lines));
          return after.get();
        });
    return Undo.of(
        () ->
            store.updateList(
                PLUGIN, scope, key, now -> now.equals(after.get()) ? before.get() : now));
  }

  public Report report() {
    return Report.of("ports", true, scope -> scope.app().map(this::flags).orElse(List.of()));
  }

  private List<ReportedFlag> flags(AppName app) {
    return List.of(
        ReportedFlag.of("ports-map", (call, at) -> PortMaps.words(maps.set(app))),
        ReportedFlag.of("ports-map-json", (call, at) -> setJson(app)),
        ReportedFlag.of(
            "ports-map-detected", (call, at) -> PortMaps.words(maps.detected(call, app))),
        ReportedFlag.of(
            "ports-map-detected-json", (call, at) -> PortMaps.json(maps.detected(call, app))));
  }

  private String setJson(AppName app) {
    List<PortMapping> own = maps.set(app);
    return own.isEmpty() ? "null" : PortMaps.json(own);
  }
}
