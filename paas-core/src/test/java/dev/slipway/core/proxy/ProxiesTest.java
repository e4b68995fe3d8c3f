package dev.slipway.core.proxy;

import static dev.slipway.core.triggers.CoreTriggers.PROXY_BUILD_CONFIG;
import static dev.slipway.core.triggers.CoreTriggers.PROXY_DISABLE;
import static dev.slipway.core.triggers.CoreTriggers.PROXY_ENABLE;
import static dev.slipway.core.triggers.CoreTriggers.PROXY_IS_ENABLED;
import static dev.slipway.core.triggers.CoreTriggers.PROXY_TYPE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.core.call.Call;
import dev.slipway.core.model.AppName;
import dev.slipway.core.model.Scope;
import dev.slipway.core.testing.RecordedCall;
import dev.slipway.core.testing.TestInstallation;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProxiesTest {
  private final RecordedCall recorded = new RecordedCall();
  private final Call call = recorded.call();
  private final TestInstallation installation;
  private final Proxies proxies;
  private final AppName blog;

  ProxiesTest(@TempDir Path folder) {
    installation =
        new TestInstallation(folder).watch(PROXY_BUILD_CONFIG, PROXY_DISABLE, PROXY_ENABLE);
    proxies = new Proxies(installation.store, installation.triggers);
    proxies.register(installation.handlers);
    blog = installation.app("blog");
  }

  @Test
  void switchesTheProxyOffAndOnOnce() {
    proxies.disable(call, blog);
    assertThat(installation.triggers.ask(call, PROXY_IS_ENABLED, blog)).isEqualTo("false");
    proxies.disable(call, blog);
    proxies.enable(call, blog);
    assertThat(installation.triggers.ask(call, PROXY_IS_ENABLED, blog)).isEqualTo("true");
    proxies.enable(call, blog);
    assertThat(recorded.out())
        .isEqualTo(
            """
            -----> Disabling proxy for app
            -----> Proxy is already disable for app
            -----> Enabling proxy for app
            -----> Proxy is already enabled for app
            """);
    assertThat(installation.fired()).containsExactly("proxy-disable blog", "proxy-enable blog");
  }

  @Test
  void findsTheTypeOfTheAppThenTheGlobalOne() {
    assertThat(installation.triggers.ask(call, PROXY_TYPE, blog)).isEqualTo("nginx");
    installation.store.set("proxy", Scope.GLOBAL, "type", "caddy");
    assertThat(installation.triggers.ask(call, PROXY_TYPE, blog)).isEqualTo("caddy");
    installation.store.set("proxy", Scope.of(blog), "type", "traefik");
    assertThat(installation.triggers.ask(call, PROXY_TYPE, blog)).isEqualTo("traefik");
  }

  @Test
  void writesTheShorthandForATypeOut() {
    assertThat(proxies.writtenOut(call, List.of("blog", "caddy")))
        .containsExactly("blog", "type", "caddy");
    assertThat(proxies.writtenOut(call, List.of("--global", "caddy")))
        .containsExactly("--global", "type", "caddy");
    assertThat(proxies.writtenOut(call, List.of("blog"))).containsExactly("blog", "type");
    assertThat(proxies.writtenOut(call, List.of("blog", "proxy-port")))
        .containsExactly("blog", "proxy-port");
    assertThat(proxies.writtenOut(call, List.of("blog", "proxy-port", "80")))
        .containsExactly("blog", "proxy-port", "80");
    assertThatThrownBy(() -> proxies.writtenOut(call, List.of("blog", "http:80:5000")))
        .hasMessage("Consider using ports:set command or specifying a valid proxy");
    assertThat(recorded.err())
        .isEqualTo(" !     Detected potential port mapping instead of proxy type\n");
  }
}
