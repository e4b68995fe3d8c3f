package dev.slipway.proxy;

import static dev.slipway.core.report.Property.Line.COMPUTED;
import static dev.slipway.core.report.Property.Line.GLOBAL;
import static dev.slipway.core.report.Property.Line.OWN;
import static dev.slipway.proxy.ValueShape.BUFFERS;
import static dev.slipway.proxy.ValueShape.COMMAND;
import static dev.slipway.proxy.ValueShape.FILE;
import static dev.slipway.proxy.ValueShape.IPV4;
import static dev.slipway.proxy.ValueShape.IPV6;
import static dev.slipway.proxy.ValueShape.LOG;
import static dev.slipway.proxy.ValueShape.LOG_FORMAT;
import static dev.slipway.proxy.ValueShape.NUMBER;
import static dev.slipway.proxy.ValueShape.SIZE;
import static dev.slipway.proxy.ValueShape.SWITCH;
import static dev.slipway.proxy.ValueShape.TEXT;
import static dev.slipway.proxy.ValueShape.TIME;
import static dev.slipway.proxy.ValueShape.TRUTH;

import dev.slipway.core.model.AppName;
import dev.slipway.core.model.Scope;
import dev.slipway.core.report.Property;
import dev.slipway.core.report.PropertyFamily;
import dev.slipway.core.report.PropertySet;
import dev.slipway.core.report.PropertyValues;
import dev.slipway.core.report.Report;
import dev.slipway.core.report.ReportedFlag;
import dev.slipway.core.store.PropertyStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The 31 properties of apps served by nginx. Spec: 02 section 6.2. */
public final class NginxProperties {
  static final String PLUGIN = "nginx";

  /** In the order in which messages list them. The page size of all supported hosts is 4 KiB. */
  private static final List<Known> ALL =
      List.of(
          new Known("access-log-format", "", LOG_FORMAT),
          new Known("access-log-path", "%s/%s-access.log", LOG),
          new Known("bind-address-ipv4", "", IPV4),
          new Known("bind-address-ipv6", "::", IPV6),
          new Known("client-body-timeout", "60s", TIME),
          new Known("client-header-timeout", "60s", TIME),
          new Known("client-max-body-size", "1m", SIZE),
          new Known("disable-custom-config", "false", TRUTH),
          new Known("error-log-path", "%s/%s-error.log", LOG),
          new Known("hsts", "true", TRUTH),
          new Known("hsts-include-subdomains", "true", TRUTH),
          new Known("hsts-preload", "false", TRUTH),
          new Known("hsts-max-age", "15724800", NUMBER),
          new Known("keepalive-timeout", "75s", TIME),
          new Known("lingering-timeout", "5s", TIME),
          new Known("nginx-conf-sigil-path", "nginx.conf.sigil", FILE),
          new Known("nginx-service-command", "", COMMAND),
          new Known("proxy-buffer-size", "4k", SIZE),
          new Known("proxy-buffering", "on", SWITCH),
          new Known("proxy-buffers", "8 4k", BUFFERS),
          new Known("proxy-busy-buffers-size", "8k", SIZE),
          new Known("proxy-connect-timeout", "60s", TIME),
          new Known("proxy-read-timeout", "60s", TIME),
          new Known("proxy-send-timeout", "60s", TIME),
          new Known("proxy-keepalive", "", NUMBER),
          new Known("send-timeout", "60s", TIME),
          new Known("underscore-in-headers", "off", SWITCH),
          new Known("x-forwarded-for-value", "$remote_addr", TEXT),
          new Known("x-forwarded-port-value", "$server_port", TEXT),
          new Known("x-forwarded-proto-value", "$scheme", TEXT),
          new Known("x-forwarded-ssl", "", TEXT));

  private static final PropertySet SET =
      new PropertySet(
          PLUGIN, PropertyFamily.SHELL_KEY_FIRST, ALL.stream().map(Known::property).toList());

  private record Known(String name, String fallback, ValueShape shape) {
    Property property() {
      return Property.everywhere(name, fallback)
          .checked(value -> shape.checked(name, value))
          .shown(OWN, GLOBAL, COMPUTED);
    }
  }

  private final PropertyStore store;
  private final PropertyValues properties;

  public NginxProperties(PropertyStore store, NginxHost host) {
    this.store = store;
    this.properties =
        new PropertyValues(store, SET, (scope, property) -> fallback(host, scope, property));
  }

  /** The paths of logs have the folder and the app in them. */
  private static String fallback(NginxHost host, Scope scope, Property property) {
    return scope
        .app()
        .map(app -> property.fallback().formatted(host.logRoot(), app))
        .orElse(property.fallback());
  }

  /** What {@code nginx:set} accepts. */
  public PropertySet set() {
    return SET;
  }

  /**
   * All values in force for an app, by name.
   *
   * @throws dev.slipway.core.error.UserError if a stored value cannot be written into a
   *     configuration
   */
  Map<String, String> of(AppName app) {
    Map<String, String> values = new LinkedHashMap<>();
    for (Known known : ALL) {
      String value = properties.computed(app, known.name()).strip();
      values.put(known.name(), value.isEmpty() ? "" : known.shape().checked(known.name(), value));
    }
    return values;
  }

  String serviceCommand(AppName app) {
    return properties.computed(app, "nginx-service-command");
  }

  boolean stopped() {
    return store.get(PLUGIN, Scope.GLOBAL, "proxy-status").orElse("").equals("stopped");
  }

  public Report report() {
    return properties.report(false, this::visits);
  }

  private List<ReportedFlag> visits(Scope scope) {
    return scope.app().isEmpty()
        ? List.of()
        : List.of(
            ReportedFlag.of(
                "nginx-last-visited-at",
                (call, at) -> lastVisit(properties.own(at, "access-log-path"))));
  }

  private static String lastVisit(String log) {
    if (!log.startsWith("/")) {
      return "";
    }
    try {
      return String.valueOf(Files.getLastModifiedTime(Path.of(log)).toMillis() / 1000);
    } catch (IOException unknown) {
      return "";
    }
  }
}
