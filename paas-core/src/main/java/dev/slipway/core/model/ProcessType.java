package dev.slipway.core.model;

import java.util.regex.Pattern;

/**
 * The name of an entry in a Procfile: letters, digits, {@code _} and {@code -}, at most 63
 * characters. Spec: 03 section 8.2.
 */
public record ProcessType(String value) implements Comparable<ProcessType> {
  private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9_-]{1,63}");

  /** The type that the proxy routes to. */
  public static final ProcessType WEB = new ProcessType("web");

  public ProcessType {
    if (!isValid(value)) {
      throw new IllegalArgumentException("not a process type");
    }
  }

  public static boolean isValid(String text) {
    return SHAPE.matcher(text).matches();
  }

  public boolean isWeb() {
    return equals(WEB);
  }

  @Override
  public int compareTo(ProcessType other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
