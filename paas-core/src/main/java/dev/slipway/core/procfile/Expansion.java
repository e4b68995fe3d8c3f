package dev.slipway.core.procfile;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Variables in a Procfile command. Spec: 03 section 8.3. */
final class Expansion {
  private static final Pattern VARIABLE =
      Pattern.compile("\\$(?:\\{([A-Za-z_][A-Za-z0-9_]*)\\}|([A-Za-z_][A-Za-z0-9_]*))");

  private Expansion() {}

  /**
   * Replaces {@code $NAME} and <code>${NAME}</code>; an unknown one becomes empty, anything else
   * behind a dollar sign stays.
   */
  static String of(String command, Map<String, String> values) {
    return VARIABLE
        .matcher(command)
        .replaceAll(found -> Matcher.quoteReplacement(values.getOrDefault(name(found), "")));
  }

  private static String name(java.util.regex.MatchResult found) {
    String braced = found.group(1);
    return braced == null ? found.group(2) : braced;
  }
}
