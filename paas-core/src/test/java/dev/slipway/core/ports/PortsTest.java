package dev.slipway.core.ports;

import static dev.slipway.core.triggers.CoreTriggers.CERTS_EXISTS;
import static dev.slipway.core.triggers.CoreTriggers.DOMAINS_VHOST_ENABLED;
import static dev.slipway.core.triggers.CoreTriggers.PORTS_CONFIGURE;
import static dev.slipway.core.triggers.CoreTriggers.PORTS_GET;
import static dev.slipway.core.triggers.CoreTriggers.PORTS_GET_PROPERTY;
import static dev.slipway.core.triggers.CoreTriggers.PORTS_SET_DETECTED;
import static dev.slipway.core.triggers.CoreTriggers.POST_CERTS_REMOVE;
import static dev.slipway.core.triggers.CoreTriggers.POST_CERTS_UPDATE;
import static dev.slipway.core.triggers.CoreTriggers.POST_PROXY_PORTS_UPDATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.core.call.Call;
import dev.slipway.core.error.ToolFailure;
import dev.slipway.core.error.UserError;
import dev.slipway.core.model.AppName;
import dev.slipway.core.model.Scope;
import dev.slipway.core.testing.RecordedCall;
import dev.slipway.core.testing.TestInstallation;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PortsTest {
  private final RecordedCall recorded = new RecordedCall();
  private final Call call = recorded.call();
  private final TestInstallation installation;
  private final Ports ports;
  private final AppName blog;

  PortsTest(@TempDir Path folder) {
    installation = new TestInstallation(folder).watch(POST_PROXY_PORTS_UPDATE);
    ports = new Ports(installation.store, installation.triggers);
    ports.register(installation.handlers);
    blog = installation.app("blog");
  }

  private List<String> stored() {
    return installation.store.list("ports", Scope.of(blog), "map");
  }

  private String effective() {
    return installation.triggers.ask(call, PORTS_GET, blog).replace('\n', ' ');
  }

  @Test
  void addsSortedAndTellsTheProxy() {
    ports.add(call, blog, List.of("https:443:5000", "http:80:5000", "81"));
    assertThat(stored()).containsExactly("http:80:5000", "https:443:5000");
    assertThat(installation.fired()).containsExactly("post-proxy-ports-update blog add");
  }

  @Test
  void refusesASchemeAndHostPortThatIsTaken() {
    assertThatThrownBy(() -> ports.add(call, blog, List.of("http:80:1", "http:80:2")))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "Error validating new port mappings: The same scheme:host-port is being reused:"
                + " http:80");
    ports.add(call, blog, List.of("http:80:5000"));
    assertThatThrownBy(() -> ports.add(call, blog, List.of("http:80:1")))
        .hasMessage(
            "Error validating all port mappings: The same scheme:host-port is being reused:"
                + " http:80");
    assertThatThrownBy(() -> ports.set(call, blog, List.of("http:80:1", "http:80:2")))
        .hasMessage(
            "Error validating port mappings: The same scheme:host-port is being reused: http:80");
    assertThat(stored()).containsExactly("http:80:5000");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          http:80          | Invalid port map http:80 [len=2]
          http:80:1:2      | Invalid port map http:80:1:2 [len=4]
          http:x:1         | Invalid port map http:x:1 [err=strconv.Atoi: parsing "x": invalid syntax]
          http:0:1         | Invalid port map http:0:1 [hostPort=0]
          http:80:65536    | Invalid port map http:80:65536 [containerPort=65536]
          ht;tp:80:80      | Invalid port map ht;tp:80:80 [scheme=ht;tp]
          x                | Invalid port map x [err=strconv.Atoi: parsing "x": invalid syntax]
          """)
  void saysWhatIsWrongWithAMapping(String word, String message) {
    assertThatThrownBy(() -> ports.add(call, blog, List.of(word)))
        .isInstanceOf(UserError.class)
        .hasMessage(message);
    assertThat(stored()).isEmpty();
  }

  @Test
  void wantsAMapping() {
    assertThatThrownBy(() -> ports.set(call, blog, List.of()))
        .hasMessage("No port mapping specified");
  }

  @Test
  void removesMappingsAndAllOfAHostPort() {
    ports.set(call, blog, List.of("http:80:1", "https:80:2", "http:81:3", "http:82:4"));
    ports.remove(call, blog, List.of("80", "http:82:4", "http:99:9"));
    assertThat(stored()).containsExactly("http:81:3");
    ports.remove(call, blog, List.of("81"));
    assertThat(installation.store.get("ports", Scope.of(blog), "map")).isEmpty();
  }

  @Test
  void clearsWhatWasSetAndWhatWasDetected() {
    installation.triggers.fire(call, PORTS_SET_DETECTED, blog, "http:3000:3000");
    ports.set(call, blog, List.of("http:80:1"));
    ports.clear(call, blog);
    assertThat(installation.store.all("ports", Scope.of(blog))).isEmpty();
    assertThat(installation.fired()).endsWith("post-proxy-ports-update blog clear");
  }

  @Test
  void putsTheOldMappingsBackWhenTheProxyRefuses() {
    installation.triggers.fire(call, PORTS_SET_DETECTED, blog, "http:3000:3000");
    ports.set(call, blog, List.of("http:80:1"));
    installation.refuse(POST_PROXY_PORTS_UPDATE);
    assertThatThrownBy(() -> ports.add(call, blog, List.of("http:81:1")))
        .isInstanceOf(ToolFailure.class);
    assertThatThrownBy(() -> ports.clear(call, blog)).isInstanceOf(ToolFailure.class);
    assertThat(stored()).containsExactly("http:80:1");
    assertThat(installation.store.list("ports", Scope.of(blog), "map-detected"))
        .containsExactly("http:3000:3000");
  }

  @Test
  void printsTheTableOfTheReference() {
    ports.set(call, blog, List.of("https:443:5000", "http:80:5000"));
    ports.list(call, blog);
    assertThat(recorded.out())
        .isEqualTo(
            """
            -----> Port mappings for blog
                -----> scheme  host port  container port
                http           80         5000
                https          443        5000
            """);
    RecordedCall quiet = RecordedCall.quiet();
    ports.list(quiet.call(), blog);
    assertThat(quiet.out()).isEqualTo("    http   80   5000\n    https  443  5000\n");
  }

  @Test
  void saysThatThereAreNoMappings() {
    assertThatThrownBy(() -> ports.list(call, blog))
        .hasMessage("No port mappings configured for app");
  }

  @Test
  void findsTheMapInForceInItsOrder() {
    assertThat(effective()).isEqualTo("http:80:5000");
    installation.store.set("proxy", Scope.GLOBAL, "proxy-port", "8080");
    assertThat(effective()).isEqualTo("http:8080:5000");
    installation.store.set("proxy", Scope.of(blog), "proxy-port", "8081");
    assertThat(effective()).isEqualTo("http:8081:5000");
    installation.triggers.fire(call, PORTS_SET_DETECTED, blog, "udp:53:53", "http:3000:3000");
    assertThat(effective()).isEqualTo("http:3000:3000 udp:53:53");
    ports.set(call, blog, List.of("http:80:1"));
    assertThat(effective()).isEqualTo("http:80:1");
    assertThat(installation.triggers.ask(call, PORTS_GET, blog, "json"))
        .isEqualTo("[{\"container_port\":1,\"host_port\":80,\"scheme\":\"http\"}]");
  }

  @Test
  void addsHttpsToADetectedMapForACertificate() {
    installation.answer(CERTS_EXISTS, "true");
    assertThat(effective()).isEqualTo("http:80:5000 https:443:5000");
    installation.triggers.fire(call, PORTS_SET_DETECTED, blog, "http:3000:3000");
    assertThat(effective()).isEqualTo("https:3000:3000");
    ports.set(call, blog, List.of("http:80:1"));
    assertThat(effective()).isEqualTo("http:80:1");
  }

  @Test
  void keepsTheChosenProxyPort() {
    installation.triggers.fire(call, PORTS_CONFIGURE, blog);
    assertThat(installation.store.get("proxy", Scope.of(blog), "proxy-port")).contains("80");
    assertThat(installation.triggers.ask(call, PORTS_GET_PROPERTY, blog, "proxy-port"))
        .isEqualTo("80");
    assertThat(installation.triggers.ask(call, PORTS_GET_PROPERTY, blog, "proxy-ssl-port"))
        .isEqualTo("0");
    assertThat(recorded.out()).isEmpty();
  }

  @Test
  void choosesARandomPortForAnAppWithoutDomains() {
    installation.deny(DOMAINS_VHOST_ENABLED);
    installation.triggers.fire(call, PORTS_CONFIGURE, blog);
    String port = installation.store.get("proxy", Scope.of(blog), "proxy-port").orElse("");
    assertThat(Integer.parseInt(port)).isGreaterThan(1024);
    assertThat(recorded.out())
        .isEqualTo(
            "-----> No port set, setting to random open high port\n-----> Random port "
                + port
                + "\n");
  }

  @Test
  void editsTheUsersMapWhenCertificatesComeAndGo() {
    ports.set(call, blog, List.of("http:80:5000", "http:81:5001"));
    installation.triggers.fire(call, POST_CERTS_UPDATE, blog);
    assertThat(stored()).containsExactly("http:80:5000", "http:81:5001", "https:443:5000");
    installation.triggers.fire(call, POST_CERTS_REMOVE, blog);
    assertThat(stored()).containsExactly("http:80:5000", "http:81:5001");
  }
}
