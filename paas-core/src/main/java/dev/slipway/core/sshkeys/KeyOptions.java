package dev.slipway.core.sshkeys;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The options in front of a key: words parted by commas, some with a quoted value. Within quotes
 * only {@code \"} is an escape, as in sshd.
 */
public record KeyOptions(List<Option> all) {
  /**
   * One option.
   *
   * @param name in lower case; sshd does not look at case
   * @param value what stood in the quotes, escapes resolved
   */
  public record Option(String name, Optional<String> value) {}

  public KeyOptions {
    all = List.copyOf(all);
  }

  /** Reads options that take up the whole text; nothing if they are malformed. */
  public static Optional<KeyOptions> parse(String text) {
    if (end(text) != text.length()) {
      return Optional.empty();
    }
    List<Option> all = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      int comma = comma(text, at);
      Optional<Option> option = option(text.substring(at, comma));
      if (option.isEmpty()) {
        return Optional.empty();
      }
      all.add(option.get());
      at = comma + 1;
    }
    return Optional.of(new KeyOptions(all));
  }

  /**
   * Where the options at the start of a line end: at the first blank outside of quotes, or at the
   * end of the text; -1 if a quote is left open.
   */
  static int end(String line) {
    boolean quoted = false;
    int at = 0;
    while (at < line.length()) {
      char c = line.charAt(at);
      if (!quoted && (c == ' ' || c == '\t')) {
        return at;
      }
      if (isEscapedQuote(line, at)) {
        at++;
      } else if (c == '"') {
        quoted = !quoted;
      }
      at++;
    }
    return quoted ? -1 : at;
  }

  /** The value of the first option of this name. */
  public Optional<String> value(String name) {
    return all.stream()
        .filter(option -> option.name().equals(name))
        .findFirst()
        .flatMap(Option::value);
  }

  private static int comma(String text, int from) {
    boolean quoted = false;
    for (int at = from; at < text.length(); at++) {
      if (isEscapedQuote(text, at)) {
        at++;
      } else if (text.charAt(at) == '"') {
        quoted = !quoted;
      } else if (text.charAt(at) == ',' && !quoted) {
        return at;
      }
    }
    return text.length();
  }

  private static Optional<Option> option(String text) {
    int equals = text.indexOf('=');
    String name = (equals < 0 ? text : text.substring(0, equals)).toLowerCase(Locale.ROOT);
    if (!name.matches("[a-z0-9-]+")) {
      return Optional.empty();
    }
    if (equals < 0) {
      return Optional.of(new Option(name, Optional.empty()));
    }
    String value = text.substring(equals + 1);
    if (value.length() < 2 || !value.startsWith("\"") || !value.endsWith("\"")) {
      return Optional.empty();
    }
    return Optional.of(new Option(name, Optional.of(unquoted(value))));
  }

  private static String unquoted(String value) {
    return value.substring(1, value.length() - 1).replace("\\\"", "\"");
  }

  private static boolean isEscapedQuote(String text, int at) {
    return text.startsWith("\\\"", at);
  }
}
