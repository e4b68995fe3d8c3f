package dev.slipway.core.network;

import dev.slipway.core.call.Call;
import dev.slipway.core.error.UserError;
import dev.slipway.core.model.AppName;
import dev.slipway.core.model.Scope;
import dev.slipway.core.report.Report;
import dev.slipway.core.report.ReportedFlag;
import dev.slipway.core.store.PropertyStore;
import java.util.ArrayList;
import java.util.List;

/** The network properties of apps, as containers and the report need them. Spec: 02 section 8.2. */
final class NetworkProperties {
  static final String PLUGIN = "network";
  static final String STATIC_LISTENER = "static-web-listener";
  static final String INITIAL_NETWORK = "initial-network";
  private static final String BIND_ALL = "bind-all-interfaces";
  private static final List<String> SHARED =
      List.of("attach-post-create", "attach-post-deploy", BIND_ALL, INITIAL_NETWORK, "tld");

  private final PropertyStore store;

  NetworkProperties(PropertyStore store) {
    this.store = store;
  }

  /**
   * @throws UserError if there is no such shared property
   */
  String computed(AppName app, String key) {
    if (!SHARED.contains(key)) {
      throw new UserError("Invalid network property specified: " + key);
    }
    return store.effective(PLUGIN, app, key, fallback(key));
  }

  String staticListener(AppName app) {
    return store.get(PLUGIN, Scope.of(app), STATIC_LISTENER).orElse("").strip();
  }

  Report report(java.util.function.BiFunction<Call, AppName, String> webListeners) {
    return Report.of("network", true, scope -> flags(scope, webListeners));
  }

  private List<ReportedFlag> flags(
      Scope scope, java.util.function.BiFunction<Call, AppName, String> webListeners) {
    List<ReportedFlag> flags = new ArrayList<>();
    for (String key : SHARED) {
      flags.add(ReportedFlag.of("network-computed-" + key, (call, at) -> computed(at, key)));
      flags.add(ReportedFlag.of("network-global-" + key, (call, at) -> raw(Scope.GLOBAL, key)));
      if (scope.app().isPresent()) {
        flags.add(ReportedFlag.of("network-" + key, (call, at) -> raw(at, key)));
      }
    }
    scope
        .app()
        .ifPresent(
            app -> {
              flags.add(
                  ReportedFlag.of("network-" + STATIC_LISTENER, (call, at) -> staticListener(app)));
              flags.add(
                  ReportedFlag.of(
                      "network-web-listeners", (call, at) -> webListeners.apply(call, app)));
            });
    return flags;
  }

  private String raw(Scope scope, String key) {
    return store.get(PLUGIN, scope, key).orElse("");
  }

  private String computed(Scope scope, String key) {
    if (scope.app().isPresent()) {
      return computed(scope.app().get(), key);
    }
    String global = raw(Scope.GLOBAL, key);
    return global.isEmpty() ? fallback(key) : global;
  }

  private static String fallback(String key) {
    return key.equals(BIND_ALL) ? "false" : "";
  }
}
