package dev.slipway.core.builds;

import dev.slipway.core.model.AppName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which values of a configuration are secrets that no log may show: those whose name says so, and
 * those that look like one. Words, numbers, versions, paths, hosts and addresses without
 * credentials are none, or output could not be read.
 */
final class SecretValues {
  private static final int SHORTEST = 6;
  private static final int LONGEST_PLAIN = 200;

  /** In a name, these say that the value is secret. */
  private static final Set<String> TELLING =
      Set.of(
          "APIKEY",
          "BEARER",
          "CREDENTIAL",
          "CREDENTIALS",
          "JWT",
          "PASSPHRASE",
          "PASSWD",
          "PASSWORD",
          "PRIVATE",
          "SECRET",
          "SECRETS",
          "TOKEN",
          "TOKENS");

  /** At the end of a name, these do too. */
  private static final Set<String> TELLING_LAST =
      Set.of("AUTH", "COOKIE", "DSN", "KEY", "LICENSE", "PASS", "PIN", "PWD", "SALT", "WEBHOOK");

  private static final Set<String> INNOCENT = Set.of("GIT_REV", "PORT", "BUILDPACK_URL");

  /** Words and short numbers, with what parts them in paths, versions, lists and addresses. */
  private static final Pattern PLAIN =
      Pattern.compile(
          "[-_./:, =+@~]*((\\p{L}{1,24}|[0-9]{1,5})[-_./:, =+~]+)*(\\p{L}{1,24}|[0-9]{1,5})?/?");

  private static final Pattern NUMBER =
      Pattern.compile("[-+]?[0-9]{1,9}([.,][0-9]{1,9})?[a-zA-Z]{0,3}");
  private static final Pattern HOST =
      Pattern.compile("([a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?\\.)+[a-z]{2,12}(:[0-9]{1,5})?");
  private static final Pattern ADDRESS =
      Pattern.compile("[a-z][a-z0-9+.-]*://([^/?#]*)([^?#]*)([?#].*)?");

  private SecretValues() {}

  /**
   * @param all whether every value that is long enough counts
   */
  static List<String> of(AppName app, Map<String, String> values, boolean all) {
    List<String> secrets = new ArrayList<>();
    values.forEach(
        (name, value) -> {
          if (value.length() >= SHORTEST && (all || isSecret(app, name, value))) {
            secrets.add(value);
          }
          password(value).ifPresent(secrets::add);
        });
    return secrets;
  }

  static boolean isSecret(AppName app, String name, String value) {
    if (value.length() < SHORTEST || value.equals(app.value()) || isPlainAddress(value)) {
      return false;
    }
    if (NUMBER.matcher(value).matches() && value.length() < 10 && !tells(name)) {
      return false;
    }
    if (name.startsWith("DOKKU_") || name.startsWith("SLIPWAY_")) {
      return false;
    }
    if (INNOCENT.contains(name)) {
      return password(value).isPresent();
    }
    return tells(name) || !(isPlain(value) || isHost(value));
  }

  /** What is that long is no name of anything; and the pattern would take a stack as deep. */
  private static boolean isPlain(String value) {
    return value.length() <= LONGEST_PLAIN && PLAIN.matcher(value).matches();
  }

  private static boolean isHost(String value) {
    return value.length() <= LONGEST_PLAIN && HOST.matcher(value).matches();
  }

  private static boolean tells(String name) {
    List<String> words = List.of(name.toUpperCase(Locale.ROOT).split("[^A-Z]+"));
    return words.stream().anyMatch(SecretValues::tellsBy)
        || (!words.isEmpty() && TELLING_LAST.contains(words.getLast()));
  }

  private static boolean tellsBy(String word) {
    return TELLING.contains(word)
        || word.endsWith("PASSWORD")
        || word.endsWith("SECRET")
        || word.endsWith("TOKEN");
  }

  /** Without credentials and query, and with a path that is plain. */
  private static boolean isPlainAddress(String value) {
    Matcher part = ADDRESS.matcher(value);
    return part.matches()
        && !part.group(1).contains("@")
        && part.group(3) == null
        && isPlain(part.group(2));
  }

  /** That in an address, which programs show by itself. */
  private static Optional<String> password(String value) {
    Matcher part = ADDRESS.matcher(value);
    if (!part.matches()) {
      return Optional.empty();
    }
    String authority = part.group(1);
    int at = authority.lastIndexOf('@');
    int colon = authority.indexOf(':');
    return colon >= 0 && colon < at && at - colon > SHORTEST
        ? Optional.of(authority.substring(colon + 1, at))
        : Optional.empty();
  }
}
