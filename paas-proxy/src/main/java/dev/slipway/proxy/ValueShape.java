package dev.slipway.proxy;

import dev.slipway.core.error.UserError;
import java.util.regex.Pattern;

/**
 * What the value of an nginx property may look like, so that no value can end its directive and
 * begin another one.
 */
enum ValueShape {
  SIZE("[0-9]{1,10}[kKmMgG]?"),
  TIME("(?:[0-9]{1,10}(?:ms|[smhdwMy])?)(?: ?[0-9]{1,10}(?:ms|[smhdwMy]))*"),
  BUFFERS("[0-9]{1,5} [0-9]{1,10}[kKmM]?"),
  NUMBER("[0-9]{1,10}"),
  SWITCH("on|off"),
  TRUTH("true|false"),
  LOG("off|/[A-Za-z0-9._/$-]{1,500}|syslog:[A-Za-z0-9.,:=/_\\[\\]-]{1,500}"),
  LOG_FORMAT("[A-Za-z0-9_]+(?: [A-Za-z0-9_=.]+)*"),
  IPV4("[0-9]{1,3}(?:\\.[0-9]{1,3}){3}"),
  IPV6("[0-9A-Fa-f:.]{2,45}"),
  FILE("[A-Za-z0-9._/-]{1,500}"),
  COMMAND("[^\\p{Cntrl}]{1,500}"),
  /** Any text; written in quotes. Variables of nginx work in it. */
  TEXT("[^\\p{Cntrl}]{1,1000}");

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_$.,:/@=+*-]+");

  private final Pattern pattern;

  ValueShape(String pattern) {
    this.pattern = Pattern.compile(pattern);
  }

  boolean accepts(String value) {
    return pattern.matcher(value).matches() && !(this == LOG && value.contains(".."));
  }

  /**
   * @throws UserError if the value does not have this shape
   */
  String checked(String property, String value) {
    if (!accepts(value)) {
      String message = "Invalid value for " + property;
      throw new UserError(
          property.equals("proxy-keepalive") ? message + ": must be an integer" : message);
    }
    return value;
  }

  /** Text as one word of the configuration. */
  static String quoted(String text) {
    return PLAIN.matcher(text).matches()
        ? text
        : '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
