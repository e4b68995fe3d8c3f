package dev.slipway.core.model;

import dev.slipway.core.error.UserError;
import java.util.regex.Pattern;

/**
 * A host name that requests may ask for. Besides plain names: {@code _}, {@code *} (any name), a
 * wildcard or a dot in front ({@code *.example.com}, {@code .example.com}) or a wildcard at the end
 * ({@code www.*}). Case is kept. Nothing that is accepted can break or extend the configuration of
 * a proxy. Spec: 02 section 2.3.
 */
public record Domain(String value) {
  /** The most that the name system can carry. */
  public static final int MAX_LENGTH = 253;

  private static final String LABEL = "[A-Za-z0-9-]{1,63}";
  private static final String NAME = LABEL + "(?:\\." + LABEL + ")*";
  private static final Pattern SHAPE =
      Pattern.compile("_|\\*|(?:\\*?\\.)?" + NAME + "|" + NAME + "\\.\\*");

  public Domain {
    if (!isValid(value)) {
      throw new IllegalArgumentException("not a domain");
    }
  }

  /**
   * @throws UserError if the name is malformed or too long
   */
  public static Domain parse(String text) {
    if (!isValid(text)) {
      throw new UserError(text + " is invalid. exiting...");
    }
    return new Domain(text);
  }

  public static boolean isValid(String text) {
    return text.length() <= MAX_LENGTH && SHAPE.matcher(text).matches();
  }

  @Override
  public String toString() {
    return value;
  }
}
