package dev.slipway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.core.model.AppName;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class RefusalTest {
  private static final Path ROOT = Path.of("/home/dokku");

  @Test
  void findsTheAppByTheFileThatNginxNames() {
    Refusal refusal =
        new Refusal(
            """
            nginx: [warn] conflicting server name "a" on 0.0.0.0:80, ignored
            nginx: [emerg] unknown directive "oops" in /home/dokku/blog/nginx.conf:7
            nginx: configuration file /etc/nginx/nginx.conf test failed
            """);
    assertThat(refusal.reason())
        .isEqualTo("unknown directive \"oops\" in /home/dokku/blog/nginx.conf:7");
    assertThat(refusal.app(ROOT)).contains(new AppName("blog"));
    assertThat(refusal.file(ROOT)).contains(Path.of("/home/dokku/blog/nginx.conf"));
  }

  @Test
  void findsTheAppByACertificateThatCannotBeRead() {
    Refusal refusal =
        new Refusal(
            "nginx: [emerg] cannot load certificate \"/home/dokku/shop/tls/server.crt\": BIO_new"
                + " failed\n");
    assertThat(refusal.app(ROOT)).contains(new AppName("shop"));
  }

  @Test
  void blamesNoAppForTheHostsOwnFiles() {
    assertThat(new Refusal("nginx: [emerg] x in /etc/nginx/nginx.conf:1").app(ROOT)).isEmpty();
    assertThat(new Refusal("sudo: a password is required\n").app(ROOT)).isEmpty();
    assertThat(new Refusal("sudo: a password is required\n").reason())
        .isEqualTo("sudo: a password is required");
    assertThat(new Refusal("nginx: [emerg] x in /home/dokku/nginx.conf:1").app(ROOT)).isEmpty();
  }
}
