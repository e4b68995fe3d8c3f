package dev.slipway.proxy;

import dev.slipway.core.model.PortMapping;
import java.util.List;
import java.util.Optional;

/**
 * The file of one app: a server for each port mapping, then the upstreams. Pure: the same facts
 * give the same text. Spec: 02 section 6.4.
 */
final class NginxSite {
  private static final String GZIP_TYPES =
      "text/css text/javascript text/xml text/plain text/x-component application/javascript"
          + " application/x-javascript application/wasm application/json"
          + " application/graphql-response+json application/xml application/rss+xml font/truetype"
          + " application/x-font-ttf font/opentype application/vnd.ms-fontobject image/svg+xml";
  private static final List<String> BODY_TIMEOUTS =
      List.of(
          "client-body-timeout",
          "client-header-timeout",
          "keepalive-timeout",
          "lingering-timeout",
          "send-timeout");
  private static final List<String> UPSTREAM_SETTINGS =
      List.of(
          "proxy-connect-timeout",
          "proxy-read-timeout",
          "proxy-send-timeout",
          "proxy-buffer-size",
          "proxy-buffering",
          "proxy-buffers",
          "proxy-busy-buffers-size");
  private static final int HTTP = 80;

  private final Site site;
  private final ConfigLines lines = new ConfigLines();
  private final ServerLines server;

  private NginxSite(Site site, boolean includes) {
    this.site = site;
    this.server = new ServerLines(site, includes, lines);
  }

  /** The whole file. */
  static String render(Site site) {
    return new NginxSite(site, true).text();
  }

  /** The same as far as it can be tested without the rest of the host's configuration. */
  static String renderAlone(Site site) {
    return new NginxSite(site.alone(), false).text();
  }

  private String text() {
    for (PortMapping mapping : site.mappings()) {
      switch (mapping.scheme()) {
        case "http", "https" -> web(mapping);
        case "grpc", "grpcs" -> grpc(mapping);
        default -> {
          // a scheme that nginx does not serve, as udp: only its container port is known below
        }
      }
    }
    if (site.isLive()) {
      site.containerPorts().forEach(this::upstream);
    }
    return lines.toString();
  }

  private void web(PortMapping mapping) {
    boolean https = mapping.scheme().equals("https");
    lines.open("server");
    server.listen(mapping, https ? server.http2Listen(" ssl") : "");
    if (https) {
      server.http2Directive();
    }
    server.names(https ? site.secureNames() : List.of());
    server.logs();
    lines.add("underscores_in_headers " + site.setting("underscore-in-headers") + ";");
    server.settings(BODY_TIMEOUTS);
    if (https) {
      server.certificate();
    }
    if (!https && mapping.hostPort() == HTTP && site.secure()) {
      redirect();
    } else {
      proxied(mapping, https);
    }
    lines.close();
  }

  private void redirect() {
    server.include();
    lines
        .open("location /")
        .add("return 301 https://$host:" + site.securePort() + "$request_uri;")
        .close();
  }

  private void proxied(PortMapping mapping, boolean https) {
    lines.open("location /");
    if (site.isLive()) {
      pass(mapping, https);
    } else {
      lines.add("return 502;");
    }
    lines.close();
    server.settings(List.of("client-max-body-size"));
    server.errorPages(https);
    server.include();
  }

  private void pass(PortMapping mapping, boolean https) {
    lines
        .add("gzip on;")
        .add("gzip_min_length 1100;")
        .add("gzip_buffers 4 32k;")
        .add("gzip_types " + GZIP_TYPES + ";")
        .add("gzip_vary on;")
        .add("gzip_comp_level 6;")
        .add("proxy_pass http://" + upstreamName(mapping.containerPort()) + ";");
    if (https && site.version().hasHttp2Push()) {
      lines.add("http2_push_preload on;");
    }
    lines.add("proxy_http_version 1.1;");
    server.settings(UPSTREAM_SETTINGS);
    server.header("Upgrade", Optional.of("$http_upgrade"));
    server.header("Connection", Optional.of("$http_connection"));
    server.header("Host", Optional.of("$http_host"));
    server.header("X-Forwarded-For", server.text("x-forwarded-for-value"));
    server.header("X-Forwarded-Port", server.text("x-forwarded-port-value"));
    server.header("X-Forwarded-Proto", server.text("x-forwarded-proto-value"));
    server.header("X-Request-Start", Optional.of("$msec"));
    server.header("X-Forwarded-Ssl", server.text("x-forwarded-ssl"));
  }

  private void grpc(PortMapping mapping) {
    if (!site.isLive()) {
      return;
    }
    boolean secure = mapping.scheme().equals("grpcs");
    lines.open("server");
    server.listen(mapping, server.http2Listen(secure ? " ssl" : ""));
    server.http2Directive();
    server.names(List.of());
    server.logs();
    lines.add("underscores_in_headers " + site.setting("underscore-in-headers") + ";");
    if (secure) {
      server.certificate();
    }
    lines
        .open("location /")
        .add("grpc_pass grpc://" + upstreamName(mapping.containerPort()) + ";")
        .close();
    server.settings(List.of("client-max-body-size"));
    server.include();
    lines.close();
  }

  private void upstream(int port) {
    lines.open("upstream " + upstreamName(port));
    server.text("proxy-keepalive").ifPresent(number -> lines.add("keepalive " + number + ";"));
    site.upstreams().forEach(address -> lines.add("server " + address + ":" + port + ";"));
    lines.close();
  }

  private String upstreamName(int port) {
    return site.app() + "-" + port;
  }
}
