package dev.slipway.proxy;

import static dev.slipway.core.triggers.CoreTriggers.CERTS_GET;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.core.model.AppName;
import dev.slipway.core.testing.TestInstallation;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateCheckTest {
  /** For blog.example.com, any name in example.org, and an address. */
  private static final String CERTIFICATE =
      """
      -----BEGIN CERTIFICATE-----
      MIIB8jCCAZigAwIBAgIUYxbJc8qfgzKaxFQMwSO9gYgF7LYwCgYIKoZIzj0EAwIw
      MDETMBEGA1UECgwKQmxvZywgSW5jLjEZMBcGA1UEAwwQYmxvZy5leGFtcGxlLmNv
      bTAgFw0yNjExMjQyMjEyNDlaGA8yMTI2MTAzMTIyMTI0OVowMDETMBEGA1UECgwK
      QmxvZywgSW5jLjEZMBcGA1UEAwwQYmxvZy5leGFtcGxlLmNvbTBZMBMGByqGSM49
      AgEGCCqGSM49AwEHA0IABIBXhp4H/5jRR75PiG5gl0ouMwwS+JNh6ahZW0km0VqG
      jV9+SNYITBeQ2PY554I3tJWc7XaiIzvTPUGovg5exvmjgY0wgYowHQYDVR0OBBYE
      FId3qmk2n+NpHtgIsK66xGlPmKNCMB8GA1UdIwQYMBaAFId3qmk2n+NpHtgIsK66
      xGlPmKNCMA8GA1UdEwEB/wQFMAMBAf8wNwYDVR0RBDAwLoINKi5leGFtcGxlLm9y
      Z4IQYmxvZy5leGFtcGxlLmNvbYcEwAACAYEFYUBiLmMwCgYIKoZIzj0EAwIDSAAw
      RQIgU0dVZt+0CQUG74/9dpXJat6HDP2OwQZoW98Lg8ztk1cCIQCY22u/+O9scJcJ
      FFICktO2Ih1XUYFwRX79ZKR99QaK5A==
      -----END CERTIFICATE-----
      """;

  private final TestCalls calls = new TestCalls();
  private final TestInstallation installation;

  CertificateCheckTest(@TempDir Path folder) {
    installation = new TestInstallation(folder);
  }

  private String told(boolean secure, String certificate, String... names) {
    installation.answer(CERTS_GET, certificate);
    Site site =
        new Site(
            new AppName("blog"),
            Path.of("/home/dokku/blog"),
            Path.of("/errors"),
            List.of(names),
            List.of(),
            List.of(),
            List.of(),
            secure,
            443,
            true,
            NginxVersion.parse(""),
            Map.of());
    new CertificateCheck(installation.triggers).tell(calls.call(), site);
    return calls.out() + calls.err();
  }

  @Test
  void saysNothingWhereOneDomainIsCovered() {
    assertThat(told(true, CERTIFICATE, "a.example.net", "www.example.org")).isEmpty();
    assertThat(told(false, CERTIFICATE, "a.example.net")).isEmpty();
  }

  @Test
  void namesBothSidesWhereNoDomainIsCovered() {
    assertThat(told(true, CERTIFICATE, "a.example.net"))
        .isEqualTo(
            """
            -----> No matching configured domains for blog found in SSL certificate. Your app will\
             show as insecure in a browser if accessed via SSL
            -----> Please add appropriate domains via the dokku domains command
            -----> Configured domains for app:
            =====> a.example.net
            -----> Domains found in SSL certificate:
            =====> *.example.org
            =====> IP Address:192.0.2.1
            =====> blog.example.com
            """);
  }

  @Test
  void anAppWithoutDomainsHasNoneToName() {
    assertThat(told(true, CERTIFICATE)).doesNotContain("Configured domains for app:");
  }

  @Test
  void aFileThatIsNoCertificateIsToldAsThat() {
    assertThat(told(true, "nonsense", "a.example.net"))
        .isEqualTo(" !     The certificate of blog cannot be read\n");
  }
}
