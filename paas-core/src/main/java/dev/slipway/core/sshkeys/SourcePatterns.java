package dev.slipway.core.sshkeys;

import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The value of {@code from=}: addresses, networks ({@code 10.0.0.0/8}) and wildcards parted by
 * commas, {@code !} in front of one that must not match. Host names are never looked up, as sshd
 * does without {@code UseDNS}.
 */
final class SourcePatterns {
  private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

  private final String list;

  SourcePatterns(String list) {
    this.list = list;
  }

  /** Whether the source is let in: some pattern matches it and no negated one does. */
  boolean admit(InetAddress source) {
    boolean admitted = false;
    for (String each : list.split(",", -1)) {
      String pattern = each.strip();
      boolean negated = pattern.startsWith("!");
      if (matches(negated ? pattern.substring(1) : pattern, source)) {
        if (negated) {
          return false;
        }
        admitted = true;
      }
    }
    return admitted;
  }

  private static boolean matches(String pattern, InetAddress source) {
    int slash = pattern.indexOf('/');
    if (slash >= 0) {
      return inNetwork(pattern.substring(0, slash), pattern.substring(slash + 1), source);
    }
    Optional<InetAddress> literal = literal(pattern);
    return literal.isPresent()
        ? literal.get().equals(source)
        : wildcard(pattern).matcher(source.getHostAddress()).matches();
  }

  private static boolean inNetwork(String address, String length, InetAddress source) {
    Optional<InetAddress> base = literal(address);
    if (base.isEmpty() || !length.matches("[0-9]{1,3}")) {
      return false;
    }
    byte[] wanted = base.get().getAddress();
    byte[] actual = source.getAddress();
    int bits = Integer.parseInt(length);
    if (wanted.length != actual.length || bits > wanted.length * 8) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      int mask = 0x80 >> (bit % 8);
      if ((wanted[bit / 8] & mask) != (actual[bit / 8] & mask)) {
        return false;
      }
    }
    return true;
  }

  private static Optional<InetAddress> literal(String text) {
    if (!ADDRESS.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.ofLiteral(text));
    } catch (IllegalArgumentException notAnAddress) {
      return Optional.empty();
    }
  }

  private static Pattern wildcard(String pattern) {
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
    }
    return Pattern.compile(regex.toString(), Pattern.CASE_INSENSITIVE);
  }
}
