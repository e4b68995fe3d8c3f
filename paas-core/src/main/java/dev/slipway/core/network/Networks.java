package dev.slipway.core.network;

import static dev.slipway.core.triggers.CoreTriggers.NETWORK_BUILD_CONFIG;
import static dev.slipway.core.triggers.CoreTriggers.NETWORK_CONFIG_EXISTS;
import static dev.slipway.core.triggers.CoreTriggers.NETWORK_GET_IPADDR;
import static dev.slipway.core.triggers.CoreTriggers.NETWORK_GET_LISTENERS;
import static dev.slipway.core.triggers.CoreTriggers.NETWORK_GET_PROPERTY;
import static dev.slipway.core.triggers.CoreTriggers.NETWORK_GET_STATIC_LISTENERS;
import static dev.slipway.core.triggers.CoreTriggers.NETWORK_WRITE_IPADDR;
import static dev.slipway.core.triggers.CoreTriggers.NETWORK_WRITE_PORT;
import static dev.slipway.core.triggers.CoreTriggers.POST_APP_CLONE_SETUP;
import static dev.slipway.core.triggers.CoreTriggers.POST_APP_RENAME_SETUP;
import static dev.slipway.core.triggers.CoreTriggers.POST_DELETE;

import dev.slipway.core.engine.Engine;
import dev.slipway.core.error.ToolFailure;
import dev.slipway.core.model.AppName;
import dev.slipway.core.model.Instance;
import dev.slipway.core.model.Scope;
import dev.slipway.core.report.Report;
import dev.slipway.core.store.DurableFiles;
import dev.slipway.core.store.PropertyStore;
import dev.slipway.core.store.Roots;
import dev.slipway.core.store.StateFiles;
import dev.slipway.core.store.StateFiles.Kind;
import dev.slipway.core.triggers.Handlers;
import dev.slipway.core.triggers.Invocation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the core plugin {@code network} answers at triggers. Spec: 02 section 8.5. */
public final class Networks {
  private static final Logger log = LoggerFactory.getLogger(Networks.class);
  private static final String PLUGIN = NetworkProperties.PLUGIN;

  private final StateFiles state;
  private final ListenerFiles listeners;
  private final NetworkProperties properties;
  private final ContainerAddresses addresses;
  private final PropertyStore store;

  public Networks(Roots roots, DurableFiles files, PropertyStore store, Engine engine) {
    this.state = new StateFiles(roots, files);
    this.listeners = new ListenerFiles(state);
    this.properties = new NetworkProperties(store);
    this.addresses = new ContainerAddresses(engine);
    this.store = store;
  }

  public void register(Handlers handlers) {
    handlers
        .on(PLUGIN, NETWORK_GET_IPADDR, this::getAddress)
        .on(PLUGIN, NETWORK_GET_LISTENERS, this::getListeners)
        .on(PLUGIN, NETWORK_GET_STATIC_LISTENERS, this::getStaticListener)
        .on(PLUGIN, NETWORK_GET_PROPERTY, this::getProperty)
        .on(PLUGIN, NETWORK_CONFIG_EXISTS, at -> at.out().line("" + exists(at.app(0))))
        .on(PLUGIN, NETWORK_WRITE_IPADDR, this::writeAddress)
        .on(PLUGIN, NETWORK_WRITE_PORT, this::writePort)
        .on(PLUGIN, NETWORK_BUILD_CONFIG, this::rebuild)
        .on(PLUGIN, POST_APP_CLONE_SETUP, this::cloned)
        .on(PLUGIN, POST_APP_RENAME_SETUP, this::renamed)
        .on(PLUGIN, POST_DELETE, at -> store.destroy(PLUGIN, at.app(0)));
  }

  public Report report() {
    return properties.report((call, app) -> String.join(" ", web(app)));
  }

  private List<String> web(AppName app) {
    String fixed = properties.staticListener(app);
    return fixed.isEmpty() ? listeners.listeners(app, "web") : List.of(fixed);
  }

  private void getAddress(Invocation at) {
    AppName app = at.app(0);
    String fixed = properties.staticListener(app);
    if (at.argument(1).equals("web") && !fixed.isEmpty()) {
      at.out().line(ContainerAddresses.host(fixed));
    } else {
      String initial = properties.computed(app, NetworkProperties.INITIAL_NETWORK);
      at.out().line(addresses.of(at.argument(2), initial).orElse(""));
    }
  }

  private void getListeners(Invocation at) {
    String type = at.argument(1);
    if (type.isEmpty()) {
      at.out()
          .warn(
              "Deprecated: Please specify a processType argument for the network-get-listeners"
                  + " plugin trigger");
      type = "web";
    }
    List<String> found = type.equals("web") ? web(at.app(0)) : listeners.listeners(at.app(0), type);
    at.out().line(String.join(" ", found));
  }

  private void getStaticListener(Invocation at) {
    at.out().line(properties.staticListener(at.app(0)));
  }

  private void getProperty(Invocation at) {
    at.out().line(properties.computed(at.app(0), at.argument(1)));
  }

  private boolean exists(AppName app) {
    return !properties.staticListener(app).isEmpty() || listeners.firstWebExists(app);
  }

  private void writeAddress(Invocation at) {
    listeners.write(at.app(0), Kind.IP, at.argument(1), at.argument(2), at.argument(3));
  }

  private void writePort(Invocation at) {
    listeners.write(at.app(0), Kind.PORT, at.argument(1), at.argument(2), at.argument(3));
  }

  /** Writes the address of each running container anew, where the file says another one. */
  private void rebuild(Invocation at) {
    AppName app = at.app(0);
    Map<Instance, String> containers = state.containers(app);
    if (containers.isEmpty() || !properties.staticListener(app).isEmpty()) {
      return;
    }
    at.out().step("Ensuring network configuration is in sync for " + app);
    String initial = properties.computed(app, NetworkProperties.INITIAL_NETWORK);
    Map<Instance, String> noted = state.all(app, Kind.IP);
    containers.forEach(
        (instance, container) ->
            current(container, initial)
                .filter(address -> !address.equals(noted.get(instance)))
                .ifPresent(address -> state.writeListener(app, Kind.IP, instance, address)));
  }

  private Optional<String> current(String container, String initial) {
    try {
      return addresses.of(container, initial);
    } catch (ToolFailure e) {
      // an address stays with its container, so what the file says is still right
      log.warn("address not checked container={}", container, e);
      return Optional.empty();
    }
  }

  private void cloned(Invocation at) {
    state.removeListeners(at.app(1));
    store.setAll(PLUGIN, Scope.of(at.app(1)), store.all(PLUGIN, Scope.of(at.app(0))));
  }

  private void renamed(Invocation at) {
    cloned(at);
    store.destroy(PLUGIN, at.app(0));
  }
}
