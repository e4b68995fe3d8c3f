package dev.slipway.core.network;

import static dev.slipway.core.triggers.CoreTriggers.NETWORK_BUILD_CONFIG;
import static dev.slipway.core.triggers.CoreTriggers.NETWORK_CONFIG_EXISTS;
import static dev.slipway.core.triggers.CoreTriggers.NETWORK_GET_IPADDR;
import static dev.slipway.core.triggers.CoreTriggers.NETWORK_GET_LISTENERS;
import static dev.slipway.core.triggers.CoreTriggers.NETWORK_GET_PROPERTY;
import static dev.slipway.core.triggers.CoreTriggers.NETWORK_WRITE_IPADDR;
import static dev.slipway.core.triggers.CoreTriggers.NETWORK_WRITE_PORT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.core.call.Call;
import dev.slipway.core.engine.Container;
import dev.slipway.core.engine.Engine;
import dev.slipway.core.engine.Engine.RouteNetwork;
import dev.slipway.core.error.UserError;
import dev.slipway.core.model.AppName;
import dev.slipway.core.model.Scope;
import dev.slipway.core.testing.RecordedCall;
import dev.slipway.core.testing.TestInstallation;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NetworksTest {
  private static final String ID = "0123456789ab".repeat(5);

  private final RecordedCall recorded = new RecordedCall();
  private final Call call = recorded.call();
  private final Map<String, Map<String, String>> running = new HashMap<>();
  private final TestInstallation installation;
  private final AppName blog;

  NetworksTest(@TempDir Path folder) {
    installation = new TestInstallation(folder);
    new Networks(installation.roots, installation.files, installation.store, engine())
        .register(installation.handlers);
    blog = installation.app("blog");
  }

  /** An engine that knows nothing but the addresses of running containers. */
  private Engine engine() {
    return (Engine)
        Proxy.newProxyInstance(
            Engine.class.getClassLoader(),
            new Class<?>[] {Engine.class},
            (self, method, arguments) ->
                switch (method.getName()) {
                  case "container" -> container(String.valueOf(arguments[0]));
                  case "routeNetwork" -> new RouteNetwork("slipway-route", "", "", "");
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  private Optional<Container> container(String id) {
    return Optional.ofNullable(running.get(id))
        .map(
            addresses ->
                new Container(
                    id, id, "", "", "running", 0, 0, Optional.empty(), false, Map.of(), addresses));
  }

  private String ask(dev.slipway.core.triggers.Trigger trigger, Object... arguments) {
    return installation.triggers.ask(call, trigger, arguments);
  }

  @Test
  void answersTheAddressThatIsTheContainersOwn() {
    running.put("c1", Map.of("bridge", "172.17.0.2", "slipway-route", "10.99.0.9"));
    running.put("c2", Map.of("bridge", "172.17.0.3"));
    running.put("c3", Map.of("host", ""));
    assertThat(ask(NETWORK_GET_IPADDR, blog, "web", "c1")).isEqualTo("10.99.0.9");
    assertThat(ask(NETWORK_GET_IPADDR, blog, "worker", "c2")).isEqualTo("172.17.0.3");
    assertThat(ask(NETWORK_GET_IPADDR, blog, "web", "c3")).isEqualTo("127.0.0.1");
    assertThat(ask(NETWORK_GET_IPADDR, blog, "web", "gone")).isEmpty();
  }

  @Test
  void listsListenersInLexicalOrderOfTheirFiles() {
    for (int index : new int[] {1, 2, 10}) {
      installation.triggers.fire(call, NETWORK_WRITE_IPADDR, blog, "web", index, "10.0.0." + index);
    }
    installation.triggers.fire(call, NETWORK_WRITE_PORT, blog, "web", 2, "8080");
    installation.triggers.fire(call, NETWORK_WRITE_IPADDR, blog, "worker", 1, "10.0.0.99");

    assertThat(ask(NETWORK_GET_LISTENERS, blog, "web"))
        .isEqualTo("10.0.0.1:5000 10.0.0.10:5000 10.0.0.2:8080");
    assertThat(ask(NETWORK_GET_LISTENERS, blog, "worker")).isEqualTo("10.0.0.99:5000");
    assertThat(installation.read(blog, "IP.web.1")).contains("10.0.0.1");
    assertThat(ask(NETWORK_GET_LISTENERS, blog)).startsWith("10.0.0.1:5000 ");
    assertThat(recorded.err()).contains("Deprecated: Please specify a processType argument");
  }

  @Test
  void prefersAStaticListenerForTheWebOnly() {
    installation.store.set("network", Scope.of(blog), "static-web-listener", "192.0.2.7:9000");
    assertThat(ask(NETWORK_GET_LISTENERS, blog, "web")).isEqualTo("192.0.2.7:9000");
    assertThat(ask(NETWORK_GET_LISTENERS, blog, "worker")).isEmpty();
    assertThat(ask(NETWORK_GET_IPADDR, blog, "web", "any")).isEqualTo("192.0.2.7");
    assertThat(ask(NETWORK_CONFIG_EXISTS, blog)).isEqualTo("true");
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.1; deny all", "10.0.0.1\n", "", "a", "10.0.0"})
  void writesNoAddressThatIsNone(String address) {
    assertThatThrownBy(
            () -> installation.triggers.fire(call, NETWORK_WRITE_IPADDR, blog, "web", 1, address))
        .isInstanceOf(UserError.class);
    assertThat(installation.read(blog, "IP.web.1")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"../x", "web.1", "", "a/b"})
  void writesNoFileOutsideTheApp(String type) {
    assertThatThrownBy(
            () -> installation.triggers.fire(call, NETWORK_WRITE_PORT, blog, type, 1, "80"))
        .isInstanceOf(UserError.class);
  }

  @Test
  void bringsAddressFilesInSyncWithRunningContainers() {
    installation.write(blog, "CONTAINER.web.1", ID + "\n");
    installation.write(blog, "IP.web.1", "172.17.0.9");
    running.put(ID, Map.of("bridge", "172.17.0.2", "slipway-route", "10.99.0.9"));
    installation.triggers.fire(call, NETWORK_BUILD_CONFIG, blog);
    assertThat(installation.read(blog, "IP.web.1")).contains("10.99.0.9");
    assertThat(recorded.out())
        .isEqualTo("-----> Ensuring network configuration is in sync for blog\n");
  }

  @Test
  void answersSharedPropertiesOnly() {
    assertThat(ask(NETWORK_GET_PROPERTY, blog, "bind-all-interfaces")).isEqualTo("false");
    installation.store.set("network", Scope.GLOBAL, "tld", "internal");
    assertThat(ask(NETWORK_GET_PROPERTY, blog, "tld")).isEqualTo("internal");
    assertThatThrownBy(() -> ask(NETWORK_GET_PROPERTY, blog, "x"))
        .hasMessage("Invalid network property specified: x");
  }
}
