package dev.slipway.core.ports;

import static dev.slipway.core.triggers.CoreTriggers.DOMAINS_VHOST_ENABLED;

import dev.slipway.core.call.Call;
import dev.slipway.core.model.AppName;
import dev.slipway.core.model.PortMapping;
import dev.slipway.core.model.Scope;
import dev.slipway.core.store.PropertyStore;
import dev.slipway.core.triggers.Triggers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.util.OptionalInt;

/**
 * The host ports that an app without mappings of its own is served on: properties {@code
 * proxy-port} and {@code proxy-ssl-port} of the plugin {@code proxy}. Spec: 02 sections 4.1 and
 * 4.5.
 */
final class ProxyPorts {
  static final String PORT = "proxy-port";
  static final String SSL_PORT = "proxy-ssl-port";
  private static final String PLUGIN = "proxy";

  private final PropertyStore store;
  private final Triggers triggers;

  ProxyPorts(PropertyStore store, Triggers triggers) {
    this.store = store;
    this.triggers = triggers;
  }

  /** The app's value, else the global one; what is no port counts as unset. */
  OptionalInt computed(AppName app, String key) {
    OptionalInt own = at(Scope.of(app), key);
    return own.isPresent() ? own : at(Scope.GLOBAL, key);
  }

  private OptionalInt at(Scope scope, String key) {
    return parsed(store.get(PLUGIN, scope, key).orElse(""));
  }

  private static OptionalInt parsed(String stored) {
    String text = stored.strip();
    if (!text.matches("[0-9]{1,5}")) {
      return OptionalInt.empty();
    }
    int port = Integer.parseInt(text);
    return PortMapping.isPort(port) ? OptionalInt.of(port) : OptionalInt.empty();
  }

  /** Chooses what is not chosen yet and keeps the choice as the app's own. */
  void configure(Call call, AppName app, boolean secured) {
    boolean domains = triggers.holds(call, DOMAINS_VHOST_ENABLED, app);
    if (at(Scope.of(app), PORT).isEmpty()) {
      choose(app, PORT, domains ? at(Scope.GLOBAL, PORT).orElse(80) : randomPort(call));
    }
    if (secured && at(Scope.of(app), SSL_PORT).isEmpty()) {
      choose(app, SSL_PORT, domains ? at(Scope.GLOBAL, SSL_PORT).orElse(443) : randomSslPort(call));
    }
  }

  private void choose(AppName app, String key, int port) {
    store.update(
        PLUGIN, Scope.of(app), key, now -> parsed(now).isPresent() ? now : String.valueOf(port));
  }

  private static int randomPort(Call call) {
    call.out().step("No port set, setting to random open high port");
    int port = available();
    call.out().step("Random port " + port);
    return port;
  }

  private static int randomSslPort(Call call) {
    call.out().step("No ssl port set, setting to random open high port");
    return available();
  }

  /** A port that nothing listens on now, from the range of the kernel, which is above 1024. */
  static int available() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException("looking for a free port", e);
    }
  }

  /** Forgets the app's own ports that say what is usual anyway. */
  void forgetUsual(AppName app) {
    forgetIf(app, PORT, 80);
    forgetIf(app, SSL_PORT, 443);
  }

  private void forgetIf(AppName app, String key, int usual) {
    String same = String.valueOf(usual);
    store.update(PLUGIN, Scope.of(app), key, port -> port.strip().equals(same) ? "" : port);
  }

  void forget(AppName app, String key) {
    store.unset(PLUGIN, Scope.of(app), key);
  }
}
