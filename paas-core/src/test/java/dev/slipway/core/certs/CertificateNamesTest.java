package dev.slipway.core.certs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CertificateNamesTest {
  /** O=Blog\, Inc., CN=blog.example.com; *.example.org, an address and a mailbox. */
  private static final String BLOG =
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

  /** O=None and nothing else. */
  private static final String NAMELESS =
      """
      -----BEGIN CERTIFICATE-----
      MIIBdDCCARugAwIBAgIUSYkb1Q8Ree6JjrAqrj2V+z9OZ1swCgYIKoZIzj0EAwIw
      DzENMAsGA1UECgwETm9uZTAgFw0yNjExMjQyMjEyNDlaGA8yMTI2MTAzMTIyMTI0
      OVowDzENMAsGA1UECgwETm9uZTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABIUW
      wNg+GZAtL+lbWEMKgDo2PSGEc6mEJg1hH4WkN6LA5Fw8wljDO7sekGOXoxFXOXev
      9DKVLcFSK8HyKBB3JaKjUzBRMB0GA1UdDgQWBBSLhYjylKHsXo3ysMmx3Q6Grrmg
      PzAfBgNVHSMEGDAWgBSLhYjylKHsXo3ysMmx3Q6GrrmgPzAPBgNVHRMBAf8EBTAD
      AQH/MAoGCCqGSM49BAMCA0cAMEQCIE86kGTRo3+3TTq/LUI+RVA8bDOp60FsevpF
      Na8P/WASAiAzCWpUeyLes61YZ9xZdsAWIQqi6SIxsMvLNRGHYpXLBg==
      -----END CERTIFICATE-----
      """;

  private static CertificateNames names(String pem) {
    return CertificateNames.of(pem).orElseThrow();
  }

  @Test
  void gathersTheCommonNameAndTheAlternatives() {
    assertThat(names(BLOG).all())
        .containsExactly("*.example.org", "IP Address:192.0.2.1", "blog.example.com");
    assertThat(names(NAMELESS).all()).isEmpty();
  }

  @Test
  void theFirstCertificateOfAChainCounts() {
    assertThat(names(BLOG + NAMELESS).all()).isEqualTo(names(BLOG).all());
    assertThat(names(NAMELESS + BLOG).all()).isEmpty();
  }

  @Test
  void coversWholeNamesAndOneLabelForAStar() {
    for (String host : List.of("blog.example.com", "BLOG.example.COM", "www.example.org")) {
      assertThat(names(BLOG).cover(host)).as(host).isTrue();
    }
    for (String host :
        List.of(
            "example.org",
            "a.b.example.org",
            "blog.example.com.evil.test",
            "xblog.example.com",
            "blogxexample.com",
            "www.example.org.evil.test",
            "")) {
      assertThat(names(BLOG).cover(host)).as(host).isFalse();
    }
  }

  @Test
  void whatIsNoCertificateHasNoNames() {
    for (String text : List.of("", "nonsense", BLOG.replace("MIIB", "MIIC"), "\u0000\uffff")) {
      assertThat(CertificateNames.of(text)).as(text).isEmpty();
    }
  }
}
