package dev.slipway.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.core.error.UserError;
import dev.slipway.core.model.AppName;
import dev.slipway.core.model.PortMapping;
import dev.slipway.core.model.Scope;
import dev.slipway.core.store.DurableFiles;
import dev.slipway.core.store.PropertyStore;
import dev.slipway.core.store.Roots;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NginxSiteTest {
  private static final AppName BLOG = new AppName("blog");
  private static final NginxVersion OLD = new NginxVersion(1, 22, 1);
  private static final NginxVersion NEW = new NginxVersion(1, 26, 0);

  private final NginxProperties properties;
  private final PropertyStore store;

  NginxSiteTest(@TempDir Path folder) {
    Roots roots =
        Roots.from(
            Map.of(
                "DOKKU_LIB_PATH",
                folder.toString(),
                "DOKKU_SYSTEM_USER",
                System.getProperty("user.name")));
    store = new PropertyStore(roots, new DurableFiles(roots));
    NginxHost host =
        new NginxHost(
            Path.of("/usr/sbin/nginx"), Optional.empty(), Path.of("/x"), Path.of("/var/log/n"), 1);
    properties = new NginxProperties(store, host);
  }

  private Site site(boolean secure, NginxVersion version, List<String> upstreams, String... maps) {
    return new Site(
        BLOG,
        Path.of("/home/dokku/blog"),
        Path.of("/errors"),
        List.of("a.example.com", "*.example.org"),
        List.of(),
        Stream.of(maps).map(PortMapping::parse).toList(),
        upstreams,
        secure,
        443,
        true,
        version,
        properties.of(BLOG));
  }

  @Test
  void rendersALiveHttpApp() {
    store.set("nginx", Scope.of(BLOG), "x-forwarded-ssl", "say \"on\"; }");
    store.set("nginx", Scope.of(BLOG), "proxy-keepalive", "16");
    Site site = site(false, OLD, List.of("10.0.0.1", "10.0.0.2"), "http:80:5000", "udp:53:53");
    assertThat(NginxSite.render(site))
        .isEqualTo(
            """
            server {
              listen [::]:80;
              listen 80;
              server_name a.example.com *.example.org;
              access_log /var/log/n/blog-access.log;
              error_log /var/log/n/blog-error.log;
              underscores_in_headers off;
              client_body_timeout 60s;
              client_header_timeout 60s;
              keepalive_timeout 75s;
              lingering_timeout 5s;
              send_timeout 60s;
              location / {
                gzip on;
                gzip_min_length 1100;
                gzip_buffers 4 32k;
                gzip_types text/css text/javascript text/xml text/plain text/x-component\
             application/javascript application/x-javascript application/wasm application/json\
             application/graphql-response+json application/xml application/rss+xml font/truetype\
             application/x-font-ttf font/opentype application/vnd.ms-fontobject image/svg+xml;
                gzip_vary on;
                gzip_comp_level 6;
                proxy_pass http://blog-5000;
                proxy_http_version 1.1;
                proxy_connect_timeout 60s;
                proxy_read_timeout 60s;
                proxy_send_timeout 60s;
                proxy_buffer_size 4k;
                proxy_buffering on;
                proxy_buffers 8 4k;
                proxy_busy_buffers_size 8k;
                proxy_set_header Upgrade $http_upgrade;
                proxy_set_header Connection $http_connection;
                proxy_set_header Host $http_host;
                proxy_set_header X-Forwarded-For $remote_addr;
                proxy_set_header X-Forwarded-Port $server_port;
                proxy_set_header X-Forwarded-Proto $scheme;
                proxy_set_header X-Request-Start $msec;
                proxy_set_header X-Forwarded-Ssl "say \\"on\\"; }";
              }
              client_max_body_size 1m;
              error_page 400 401 402 403 405 406 407 408 409 410 411 412 413 414 415 416 417 418\
             420 422 423 424 426 428 429 431 444 449 450 451 /400-error.html;
              location /400-error.html {
                root /errors;
                internal;
              }
              error_page 404 /404-error.html;
              location /404-error.html {
                root /errors;
                internal;
              }
              error_page 500 501 503 504 505 506 507 508 509 510 511 502 /500-error.html;
              location /500-error.html {
                root /errors;
                internal;
              }
              include /home/dokku/blog/nginx.conf.d/*.conf;
            }

            upstream blog-5000 {
              keepalive 16;
              server 10.0.0.1:5000;
              server 10.0.0.2:5000;
            }

            upstream blog-53 {
              keepalive 16;
              server 10.0.0.1:53;
              server 10.0.0.2:53;
            }
            """);
  }

  @Test
  void answers502ForAnAppThatIsNotLive() {
    String text = NginxSite.render(site(false, OLD, List.of(), "http:80:5000"));
    assertThat(text)
        .contains("  location / {\n    return 502;\n  }\n")
        .doesNotContain("upstream", "proxy_pass");
  }

  @Test
  void redirectsPort80OnlyOnceThereIsACertificate() {
    String text =
        NginxSite.render(
            site(true, OLD, List.of("10.0.0.1"), "http:80:5000", "http:81:5000", "https:443:5000"));
    assertThat(text.split("\n\n")[0])
        .endsWith(
            """
              include /home/dokku/blog/nginx.conf.d/*.conf;
              location / {
                return 301 https://$host:443$request_uri;
              }
            }""")
        .doesNotContain("proxy_pass");
    assertThat(text.split("\n\n")[1]).contains("listen 81;", "proxy_pass http://blog-5000;");
    assertThat(text.split("\n\n")[2])
        .contains(
            "listen [::]:443 ssl http2;",
            "listen 443 ssl http2;",
            "ssl_certificate /home/dokku/blog/tls/server.crt;",
            "http2_push_preload on;",
            "error_page 502 /502-error.html;");
  }

  @Test
  void writesHttp2AsNewerVersionsWantIt() {
    String text = NginxSite.render(site(true, NEW, List.of("10.0.0.1"), "https:443:5000"));
    assertThat(text)
        .contains("listen 443 ssl;\n  http2 on;")
        .doesNotContain("ssl http2", "http2_push_preload");
  }

  @Test
  void servesGrpcOnlyWhenLive() {
    assertThat(NginxSite.render(site(false, OLD, List.of(), "grpc:50051:5000"))).isEmpty();
    assertThat(NginxSite.render(site(false, NEW, List.of("10.0.0.1"), "grpc:50051:5000")))
        .contains("listen 50051;\n  http2 on;", "grpc_pass grpc://blog-5000;")
        .doesNotContain("ssl", "gzip", "error_page");
  }

  @Test
  void turnsTheStarIntoWhatNginxKnows() {
    Site site = site(false, OLD, List.of(), "http:80:5000");
    Site any =
        new Site(
            BLOG,
            site.folder(),
            site.errorPages(),
            List.of("*", "_"),
            List.of(),
            site.mappings(),
            List.of(),
            false,
            443,
            false,
            OLD,
            site.settings());
    assertThat(NginxSite.render(any)).contains("server_name ~^ _;").doesNotContain("[::]");
  }

  @Test
  void usesBindAddressesAndLogSettings() {
    Map.of(
            "bind-address-ipv4", "192.0.2.1",
            "bind-address-ipv6", "2001:db8::1",
            "access-log-path", "off",
            "access-log-format", "combined")
        .forEach((key, value) -> store.set("nginx", Scope.of(BLOG), key, value));
    assertThat(NginxSite.render(site(false, OLD, List.of(), "http:80:5000")))
        .contains("listen [2001:db8::1]:80;", "listen 192.0.2.1:80;", "access_log off;");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          client-max-body-size   | 1m; } server { listen 81
          access-log-format      | combined; include /etc/passwd
          access-log-path        | /var/log/x; include /etc/passwd
          access-log-path        | /var/log/../../etc/cron.d/x
          proxy-read-timeout     | 60s }
          proxy-buffers          | 8
          proxy-buffering        | on;
          bind-address-ipv4      | 0.0.0.0:80; listen 81
          proxy-keepalive        | many
          hsts-max-age           | 1" always; add_header X y
          """)
  void refusesValuesThatWouldEndTheirDirective(String property, String value) {
    assertThatThrownBy(() -> properties.set().find(property).orElseThrow().check().apply(value))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("Invalid value for " + property);
    // the same value, written past the command
    store.set("nginx", Scope.of(BLOG), property, value);
    assertThatThrownBy(() -> properties.of(BLOG)).isInstanceOf(UserError.class);
  }

  @Test
  void listsThePropertiesInTheOrderOfTheReference() {
    assertThat(properties.set().properties())
        .hasSize(31)
        .extracting(each -> each.name())
        .startsWith("access-log-format", "access-log-path", "bind-address-ipv4")
        .endsWith("x-forwarded-proto-value", "x-forwarded-ssl");
  }

  @Test
  void writesTheHeaderOfStrictTransportSecurity() {
    Site site = site(true, OLD, List.of("10.0.0.1"), "https:443:5000");
    assertThat(Hsts.header(site))
        .isEqualTo(
            "add_header Strict-Transport-Security \"max-age=15724800; includeSubdomains\""
                + " always;\n");
    Map<String, String> settings = new HashMap<>(properties.of(BLOG));
    assertThat(settings).containsEntry("hsts-preload", "false");
  }
}
