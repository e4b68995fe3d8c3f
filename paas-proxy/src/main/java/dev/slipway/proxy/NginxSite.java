package dev.slipway.proxy;

import dev.slipway.core.model.PortMapping;
import java.util.ArrayList;
import java.util.Arrays;
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
  private static final String CLIENT_ERRORS =
      "400 401 402 403 405 406 407 408 409 410 411 412 413 414 415 416 417 418 420 422 423 424 426"
          + " 428 429 431 444 449 450 451";
  private static final String SERVER_ERRORS = "500 501 503 504 505 506 507 508 509 510 511";
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
  private final boolean includes;
  private final Lines lines = new Lines();

  private NginxSite(Site site, boolean includes) {
    this.site = site;
    this.includes = includes;
  }

  /** The whole file. */
  static String render(Site site) {
    return new NginxSite(site, true).text();
  }

  /** The same as far as it can be tested without the rest of the host's configuration. */
  static String renderAlone(Site site) {
    return new NginxSite(site.alone(), false).text();
  }

  /** A file that keeps the app's names and plain ports, and answers 503 to all. */
  static String renderClosed(Site site) {
    NginxSite closed = new NginxSite(site, false);
    for (PortMapping mapping : site.mappings()) {
      if (mapping.scheme().equals("http")) {
        closed.lines.open("server");
        closed.listen(mapping, "");
        closed.names(List.of());
        closed.lines.add("return 503;").close();
      }
    }
    return closed.lines.toString();
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
    listen(mapping, https ? http2Listen(" ssl") : "");
    if (https) {
      http2Directive();
    }
    names(https ? site.secureNames() : List.of());
    logs();
    lines.add("underscores_in_headers " + site.setting("underscore-in-headers") + ";");
    settings(BODY_TIMEOUTS);
    if (https) {
      certificate();
    }
    if (!https && mapping.hostPort() == HTTP && site.secure()) {
      redirect();
    } else {
      proxied(mapping, https);
    }
    lines.close();
  }

  private void redirect() {
    include();
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
    settings(List.of("client-max-body-size"));
    errorPages(https);
    include();
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
    settings(UPSTREAM_SETTINGS);
    header("Upgrade", Optional.of("$http_upgrade"));
    header("Connection", Optional.of("$http_connection"));
    header("Host", Optional.of("$http_host"));
    header("X-Forwarded-For", text("x-forwarded-for-value"));
    header("X-Forwarded-Port", text("x-forwarded-port-value"));
    header("X-Forwarded-Proto", text("x-forwarded-proto-value"));
    header("X-Request-Start", Optional.of("$msec"));
    header("X-Forwarded-Ssl", text("x-forwarded-ssl"));
  }

  private void grpc(PortMapping mapping) {
    if (!site.isLive()) {
      return;
    }
    boolean secure = mapping.scheme().equals("grpcs");
    lines.open("server");
    listen(mapping, http2Listen(secure ? " ssl" : ""));
    http2Directive();
    names(List.of());
    logs();
    lines.add("underscores_in_headers " + site.setting("underscore-in-headers") + ";");
    if (secure) {
      certificate();
    }
    lines
        .open("location /")
        .add("grpc_pass grpc://" + upstreamName(mapping.containerPort()) + ";")
        .close();
    settings(List.of("client-max-body-size"));
    include();
    lines.close();
  }

  private void upstream(int port) {
    lines.open("upstream " + upstreamName(port));
    text("proxy-keepalive").ifPresent(number -> lines.add("keepalive " + number + ";"));
    site.upstreams().forEach(address -> lines.add("server " + address + ":" + port + ";"));
    lines.close();
  }

  private void listen(PortMapping mapping, String words) {
    String ipv6 = site.setting("bind-address-ipv6");
    if (site.ipv6()) {
      lines.add("listen [" + ipv6 + "]:" + mapping.hostPort() + words + ";");
    }
    String ipv4 = text("bind-address-ipv4").map(address -> address + ":").orElse("");
    lines.add("listen " + ipv4 + mapping.hostPort() + words + ";");
  }

  private String http2Listen(String words) {
    return site.version().hasHttp2Directive() ? words : words + " http2";
  }

  private void http2Directive() {
    if (site.version().hasHttp2Directive()) {
      lines.add("http2 on;");
    }
  }

  private void names(List<String> more) {
    for (List<String> names : Arrays.asList(more, site.names())) {
      if (!names.isEmpty()) {
        lines.add("server_name " + String.join(" ", names.stream().map(this::name).toList()) + ";");
      }
    }
  }

  /** nginx has no bare {@code *}; the expression that any name matches yields to exact names. */
  private String name(String domain) {
    return domain.equals("*") ? "~^" : domain;
  }

  private void logs() {
    String path = site.setting("access-log-path");
    Optional<String> format = text("access-log-format").filter(name -> !path.equals("off"));
    lines.add("access_log " + path + format.map(name -> " " + name).orElse("") + ";");
    lines.add("error_log " + site.setting("error-log-path") + ";");
  }

  private void certificate() {
    lines
        .add("ssl_certificate " + path("/tls/server.crt") + ";")
        .add("ssl_certificate_key " + path("/tls/server.key") + ";")
        .add("ssl_protocols TLSv1.2 TLSv1.3;")
        .add("ssl_prefer_server_ciphers off;");
  }

  private void errorPages(boolean https) {
    errorPage("400", CLIENT_ERRORS);
    errorPage("404", "404");
    errorPage("500", https ? SERVER_ERRORS : SERVER_ERRORS + " 502");
    if (https) {
      errorPage("502", "502");
    }
  }

  private void errorPage(String page, String codes) {
    String path = "/" + page + "-error.html";
    lines
        .add("error_page " + codes + " " + path + ";")
        .open("location " + path)
        .add("root " + ValueShape.quoted(site.errorPages().toString()) + ";")
        .add("internal;")
        .close();
  }

  private void include() {
    if (includes) {
      lines.add("include " + path("/nginx.conf.d/*.conf") + ";");
    }
  }

  private String path(String tail) {
    return ValueShape.quoted(site.folder() + tail);
  }

  private void settings(List<String> names) {
    names.forEach(name -> lines.add(name.replace('-', '_') + " " + site.setting(name) + ";"));
  }

  private void header(String name, Optional<String> value) {
    value.ifPresent(
        text -> lines.add("proxy_set_header " + name + " " + ValueShape.quoted(text) + ";"));
  }

  private Optional<String> text(String setting) {
    return Optional.of(site.setting(setting)).filter(value -> !value.isEmpty());
  }

  private String upstreamName(int port) {
    return site.app() + "-" + port;
  }

  /** Indented blocks. */
  private static final class Lines {
    private final List<String> all = new ArrayList<>();
    private int depth;

    Lines add(String line) {
      all.add("  ".repeat(depth) + line);
      return this;
    }

    Lines open(String head) {
      if (depth == 0 && !all.isEmpty()) {
        all.add("");
      }
      add(head + " {");
      depth++;
      return this;
    }

    Lines close() {
      depth--;
      return add("}");
    }

    @Override
    public String toString() {
      return all.isEmpty() ? "" : String.join("\n", all) + "\n";
    }
  }
}
