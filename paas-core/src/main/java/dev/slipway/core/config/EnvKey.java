package dev.slipway.core.config;

import dev.slipway.core.error.UserError;
import java.util.regex.Pattern;

/** What a key of an environment may look like. Spec: 01 section 10. */
final class EnvKey {
  private static final Pattern SHAPE = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");

  private EnvKey() {}

  static boolean isValid(String key) {
    return SHAPE.matcher(key).matches();
  }

  /**
   * @throws UserError if it is not a key
   */
  static String checked(String key) {
    if (!isValid(key)) {
      throw new UserError("Invalid key name: '" + key + "'");
    }
    return key;
  }
}
