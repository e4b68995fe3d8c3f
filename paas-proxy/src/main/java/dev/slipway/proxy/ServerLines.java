package dev.slipway.proxy;

import dev.slipway.core.model.PortMapping;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The lines that servers have in common, written in the middle of one. Spec: 02 section 6.4. */
final class ServerLines {
  private static final String CLIENT_ERRORS =
      "400 401 402 403 405 406 407 408 409 410 411 412 413 414 415 416 417 418 420 422 423 424 426"
          + " 428 429 431 444 449 450 451";
  private static final String SERVER_ERRORS = "500 501 503 504 505 506 507 508 509 510 511";

  private final Site site;
  private final boolean includes;
  private final ConfigLines lines;

  /**
   * @param includes whether the files of plugins and users are a part of it
   */
  ServerLines(Site site, boolean includes, ConfigLines lines) {
    this.site = site;
    this.includes = includes;
    this.lines = lines;
  }

  void listen(PortMapping mapping, String words) {
    String ipv6 = site.setting("bind-address-ipv6");
    if (site.ipv6()) {
      lines.add("listen [" + ipv6 + "]:" + mapping.hostPort() + words + ";");
    }
    String ipv4 = text("bind-address-ipv4").map(address -> address + ":").orElse("");
    lines.add("listen " + ipv4 + mapping.hostPort() + words + ";");
  }

  String http2Listen(String words) {
    return site.version().hasHttp2Directive() ? words : words + " http2";
  }

  void http2Directive() {
    if (site.version().hasHttp2Directive()) {
      lines.add("http2 on;");
    }
  }

  void names(List<String> more) {
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

  void logs() {
    String path = site.setting("access-log-path");
    Optional<String> format = text("access-log-format").filter(name -> !path.equals("off"));
    lines.add("access_log " + path + format.map(name -> " " + name).orElse("") + ";");
    lines.add("error_log " + site.setting("error-log-path") + ";");
  }

  void certificate() {
    lines
        .add("ssl_certificate " + path("/tls/server.crt") + ";")
        .add("ssl_certificate_key " + path("/tls/server.key") + ";")
        .add("ssl_protocols TLSv1.2 TLSv1.3;")
        .add("ssl_prefer_server_ciphers off;");
  }

  void errorPages(boolean https) {
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

  void include() {
    if (includes) {
      lines.add("include " + path("/nginx.conf.d/*.conf") + ";");
    }
  }

  private String path(String tail) {
    return ValueShape.quoted(site.folder() + tail);
  }

  void settings(List<String> names) {
    names.forEach(name -> lines.add(name.replace('-', '_') + " " + site.setting(name) + ";"));
  }

  void header(String name, Optional<String> value) {
    value.ifPresent(
        text -> lines.add("proxy_set_header " + name + " " + ValueShape.quoted(text) + ";"));
  }

  Optional<String> text(String setting) {
    return Optional.of(site.setting(setting)).filter(value -> !value.isEmpty());
  }
}
