package dev.slipway.core.domains;

import static dev.slipway.core.triggers.CoreTriggers.APP_URLS;
import static dev.slipway.core.triggers.CoreTriggers.CERTS_EXISTS;
import static dev.slipway.core.triggers.CoreTriggers.NETWORK_GET_LISTENERS;
import static dev.slipway.core.triggers.CoreTriggers.PORTS_GET;
import static dev.slipway.core.triggers.CoreTriggers.PROXY_IS_ENABLED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.core.error.UserError;
import dev.slipway.core.model.AppName;
import dev.slipway.core.testing.RecordedCall;
import dev.slipway.core.testing.TestInstallation;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UrlsTest {
  private final RecordedCall call = new RecordedCall();
  private final TestInstallation installation;
  private final Urls urls;
  private final AppName blog;

  UrlsTest(@TempDir Path folder) {
    installation = new TestInstallation(folder);
    Domains domains = new Domains(installation.roots, installation.files, installation.triggers);
    urls = new Urls(domains, installation.triggers, () -> "host.example.net");
    blog = installation.app("blog");
  }

  @Test
  void leavesUsualPortsOutAndNamesOthers() {
    installation
        .answer(PORTS_GET, "http:80:5000\nhttp:8080:5000\nhttps:443:5000\nhttps:8443:5000")
        .answer(CERTS_EXISTS, "true");
    installation.write(blog, "VHOST", "a.example.com\n");
    assertThat(urls.all(call.call(), blog))
        .containsExactly(
            "http://a.example.com",
            "http://a.example.com:8080",
            "https://a.example.com",
            "https://a.example.com:8443");
    assertThat(urls.first(call.call(), blog)).isEqualTo("https://a.example.com");
  }

  @Test
  void skipsHttpsWithoutACertificate() {
    installation.answer(PORTS_GET, "http:80:5000\nhttps:443:5000").answer(CERTS_EXISTS, "false");
    installation.write(blog, "VHOST", "b.example.com\na.example.com\n");
    assertThat(urls.all(call.call(), blog))
        .containsExactly("http://a.example.com", "http://b.example.com");
    assertThat(urls.first(call.call(), blog)).isEqualTo("http://b.example.com");
  }

  @Test
  void usesGlobalDomainsThenTheHostsName() {
    installation.answer(PORTS_GET, "http:5001:5000");
    assertThat(urls.all(call.call(), blog)).containsExactly("http://host.example.net:5001");
    installation.writeGlobal("VHOST", "example.com\n");
    assertThat(urls.all(call.call(), blog)).containsExactly("http://example.com:5001");
  }

  @Test
  void namesListenersOfAnAppWithoutProxy() {
    installation
        .answer(PROXY_IS_ENABLED, "false")
        .answer(NETWORK_GET_LISTENERS, "10.0.0.1:5000 10.0.0.2:5001");
    installation.write(blog, "VHOST", "a.example.com\n");
    assertThat(urls.all(call.call(), blog))
        .containsExactly("http://a.example.com:5000", "http://a.example.com:5001");
  }

  @Test
  void letsAPluginSupplyTheList() {
    installation.answer(APP_URLS, "https://x.example http://y.example");
    assertThat(urls.all(call.call(), blog))
        .containsExactly("http://y.example", "https://x.example");
    assertThat(urls.first(call.call(), blog)).isEqualTo("http://y.example");
  }

  @Test
  void endsWithoutWordsWhenThereIsNoUrlOfTheScheme() {
    installation.answer(APP_URLS, "https://x.example");
    assertThatThrownBy(() -> urls.first(call.call(), blog))
        .isInstanceOfSatisfying(UserError.class, e -> assertThat(e.text()).isEmpty());
  }
}
