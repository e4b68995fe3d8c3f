package dev.slipway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClosedSiteTest {
  @Test
  void keepsNamesAndPlainPortsAndNothingElse() {
    String text =
        """
        server {
          listen [::]:80;
          listen 80;
          server_name blog.example.com *.example.com;
          location / {
            proxy_pass http://blog-5000;
          }
          nonsense;
        }

        server {
          listen 443 ssl;
          server_name blog.example.com;
          ssl_certificate /gone;
        }

        upstream blog-5000 {
          server 10.0.0.1:5000;
        }
        """;
    assertThat(ClosedSite.text(text))
        .isEqualTo(
            """
            server {
              listen [::]:80;
              listen 80;
              server_name blog.example.com *.example.com;
              return 503;
            }
            """);
  }

  @Test
  void isEmptyForAFileWithoutAPlainPort() {
    assertThat(ClosedSite.text("nonsense")).isEmpty();
    assertThat(ClosedSite.text("server {\nlisten 443 ssl;\n}\n")).isEmpty();
  }
}
