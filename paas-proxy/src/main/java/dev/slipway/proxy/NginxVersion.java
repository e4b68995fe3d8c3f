package dev.slipway.proxy;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The version of nginx, which decides how HTTP/2 is written. */
record NginxVersion(int major, int minor, int patch) implements Comparable<NginxVersion> {
  private static final Pattern SHAPE = Pattern.compile("(\\d+)\\.(\\d+)\\.(\\d+)");
  private static final NginxVersion OLDEST_SUPPORTED = new NginxVersion(1, 18, 0);

  /** Reads what {@code nginx -v} prints; unreadable text counts as an old version. */
  static NginxVersion parse(String text) {
    Matcher part = SHAPE.matcher(text);
    return part.find()
        ? new NginxVersion(number(part, 1), number(part, 2), number(part, 3))
        : OLDEST_SUPPORTED;
  }

  private static int number(Matcher part, int group) {
    return Integer.parseInt(part.group(group));
  }

  /** From 1.25.1 on there is {@code http2 on}; before it is a word of {@code listen}. */
  boolean hasHttp2Directive() {
    return compareTo(new NginxVersion(1, 25, 1)) >= 0;
  }

  boolean hasHttp2Push() {
    return compareTo(new NginxVersion(1, 13, 9)) >= 0 && compareTo(new NginxVersion(1, 25, 0)) < 0;
  }

  @Override
  public int compareTo(NginxVersion other) {
    if (major != other.major) {
      return Integer.compare(major, other.major);
    }
    return minor != other.minor
        ? Integer.compare(minor, other.minor)
        : Integer.compare(patch, other.patch);
  }
}
