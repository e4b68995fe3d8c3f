package dev.slipway.proxy;

import static dev.slipway.core.triggers.CoreTriggers.PORTS_CLEAR;
import static dev.slipway.core.triggers.CoreTriggers.PORTS_GET;
import static dev.slipway.core.triggers.CoreTriggers.PORTS_GET_PROPERTY;

import dev.slipway.core.call.Call;
import dev.slipway.core.model.AppName;
import dev.slipway.core.model.Scope;
import dev.slipway.core.store.PropertyStore;
import dev.slipway.core.triggers.Triggers;

/**
 * What happens to an app's ports when it gets domains or loses them: with domains all apps share
 * the usual ports, without each needs its own. Spec: 02 section 6.3.
 */
final class UsualPorts {
  private static final String PLUGIN = "proxy";
  private static final String PORT = "proxy-port";
  private static final String SSL_PORT = "proxy-ssl-port";

  private final PropertyStore store;
  private final Triggers triggers;

  UsualPorts(PropertyStore store, Triggers triggers) {
    this.store = store;
    this.triggers = triggers;
  }

  void beforeDisable(Call call, AppName app) {
    forgetIf(call, app, PORT, "80");
    forgetIf(call, app, SSL_PORT, "443");
    clearUsualMap(call, app);
  }

  void beforeEnable(Call call, AppName app) {
    store.unset(PLUGIN, Scope.of(app), PORT);
    store.unset(PLUGIN, Scope.of(app), SSL_PORT);
    store.unset("ports", Scope.of(app), "map-detected");
    clearUsualMap(call, app);
  }

  private void forgetIf(Call call, AppName app, String key, String usual) {
    if (triggers.ask(call, PORTS_GET_PROPERTY, app, key).equals(usual)) {
      store.unset(PLUGIN, Scope.of(app), key);
    }
  }

  private void clearUsualMap(Call call, AppName app) {
    boolean usual =
        triggers
            .ask(call, PORTS_GET, app)
            .lines()
            .anyMatch(line -> line.startsWith("http:80:") || line.startsWith("https:443:"));
    if (usual) {
      triggers.fire(call, PORTS_CLEAR, app);
    }
  }
}
