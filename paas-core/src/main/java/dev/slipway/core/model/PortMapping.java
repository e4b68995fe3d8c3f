package dev.slipway.core.model;

import dev.slipway.core.error.UserError;
import java.util.regex.Pattern;

/**
 * A way in to a container, written {@code scheme:hostPort:containerPort}. The scheme is any word of
 * letters, digits and dashes; the proxy serves those it knows. Spec: 02 section 4.
 */
public record PortMapping(String scheme, int hostPort, int containerPort)
    implements Comparable<PortMapping> {
  private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]{1,18}");
  private static final Pattern LONG_NUMBER = Pattern.compile("[+-]?[0-9]+");

  public PortMapping {
    if (!isPort(hostPort) || !isPort(containerPort) || !isScheme(scheme)) {
      throw new IllegalArgumentException("not a port mapping");
    }
  }

  /**
   * @throws UserError if the shape, the scheme or a port (1 to 65535) is wrong
   */
  public static PortMapping parse(String text) {
    String[] part = text.split(":", -1);
    if (part.length != 3) {
      throw new UserError("Invalid port map " + text + " [len=" + part.length + "]");
    }
    long host = number(text, part[1]);
    long container = number(text, part[2]);
    if (!isPort(host)) {
      throw new UserError("Invalid port map " + text + " [hostPort=" + host + "]");
    }
    if (!isPort(container)) {
      throw new UserError("Invalid port map " + text + " [containerPort=" + container + "]");
    }
    if (!isScheme(part[0])) {
      throw new UserError("Invalid port map " + text + " [scheme=" + part[0] + "]");
    }
    return new PortMapping(part[0], (int) host, (int) container);
  }

  private static long number(String text, String digits) {
    if (NUMBER.matcher(digits).matches()) {
      return Long.parseLong(digits);
    }
    String why = LONG_NUMBER.matcher(digits).matches() ? "value out of range" : "invalid syntax";
    throw new UserError(
        "Invalid port map "
            + text
            + " [err=strconv.Atoi: parsing \""
            + digits
            + "\": "
            + why
            + "]");
  }

  public static boolean isPort(long number) {
    return number >= 1 && number <= 65535;
  }

  private static boolean isScheme(String text) {
    return text.matches("[A-Za-z][A-Za-z0-9-]*");
  }

  /** The part that may occur once per app. */
  public String schemeAndHostPort() {
    return scheme + ":" + hostPort;
  }

  @Override
  public int compareTo(PortMapping other) {
    return toString().compareTo(other.toString());
  }

  @Override
  public String toString() {
    return scheme + ":" + hostPort + ":" + containerPort;
  }
}
