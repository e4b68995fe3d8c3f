package dev.slipway.core.config;

import dev.slipway.core.error.UserError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The text form of an environment on disk, and its reader, which takes general dotenv. What is
 * written is read back exactly, also values that end in a quote or a backslash (defects 01 section
 * 10.1), and numbers with leading zeros, which the reference shortens.
 */
final class EnvText {
  private static final Pattern READABLE_KEY = Pattern.compile("[A-Za-z0-9_.]+");

  private final String text;
  private final NavigableMap<String, String> values;
  private int at;

  /**
   * @param values what was read before, which references name; what is read is added
   */
  private EnvText(String text, NavigableMap<String, String> values) {
    this.text = text;
    this.values = values;
  }

  /**
   * The file's text: one line a key, sorted as text; a single line end for an empty environment.
   */
  static String write(Map<String, String> values) {
    List<String> lines = new ArrayList<>();
    values.forEach((key, value) -> lines.add(key + "=" + written(value)));
    lines.sort(null);
    return String.join("\n", lines) + "\n";
  }

  static String written(String value) {
    return isPlainNumber(value) ? value : quoted(value);
  }

  private static boolean isPlainNumber(String value) {
    try {
      return Long.toString(Long.parseLong(value)).equals(value);
    } catch (NumberFormatException text) {
      return false;
    }
  }

  private static String quoted(String value) {
    return "\""
        + value
            .replace("\\", "\\\\")
            .replace("\n", "\\n")
            .replace("\r", "\\r")
            .replace("\"", "\\\"")
            .replace("!", "\\!")
            .replace("$", "\\$")
            .replace("`", "\\`")
        + "\"";
  }

  /**
   * Reads an environment. Keys that are readable but not valid are among the result; the caller
   * decides.
   *
   * @throws UserError if the text is not an environment
   */
  static NavigableMap<String, String> read(String text) {
    EnvText reader = new EnvText(text.replace("\r\n", "\n"), new TreeMap<>());
    reader.readAll();
    return reader.values;
  }

  private void readAll() {
    skipBlank();
    while (at < text.length()) {
      if (text.charAt(at) == '#') {
        skipLine();
      } else {
        readPair();
      }
      skipBlank();
    }
  }

  private void readPair() {
    if (text.startsWith("export ", at)) {
      at += "export ".length();
      skipSpaces();
    }
    String key = readKey();
    skipSpaces();
    values.put(key, readValue());
  }

  private String readKey() {
    int start = at;
    while (at < text.length() && "=:\n".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    String key = text.substring(start, at).strip();
    if (at == text.length() || text.charAt(at) == '\n' || !READABLE_KEY.matcher(key).matches()) {
      throw unreadable(key, start);
    }
    at++;
    return key;
  }

  private UserError unreadable(String key, int start) {
    String near = text.substring(start, Math.min(text.length(), start + 20)).replace("\n", "\\n");
    String wrong =
        key.codePoints()
            .filter(c -> !READABLE_KEY.matcher(Character.toString(c)).matches())
            .mapToObj(Character::toString)
            .findFirst()
            .orElse("");
    return new UserError(
        "unexpected character \"" + wrong + "\" in variable name near \"" + near + "\"");
  }

  private String readValue() {
    if (at < text.length() && text.charAt(at) == '\'') {
      return readSingleQuoted();
    }
    if (at < text.length() && text.charAt(at) == '"') {
      return readDoubleQuoted();
    }
    int end = lineEnd();
    String raw = text.substring(at, end);
    at = end;
    int comment = raw.indexOf(" #");
    return expanded((comment >= 0 ? raw.substring(0, comment) : raw).strip());
  }

  private String readSingleQuoted() {
    int end = text.indexOf('\'', at + 1);
    if (end < 0) {
      throw new UserError("unterminated quoted value " + text.substring(at, lineEnd()));
    }
    String value = text.substring(at + 1, end);
    at = end + 1;
    skipLine();
    return value;
  }

  private String readDoubleQuoted() {
    StringBuilder value = new StringBuilder();
    int start = at;
    for (at++; at < text.length() && text.charAt(at) != '"'; at++) {
      char c = text.charAt(at);
      if (c == '\\' && at + 1 < text.length()) {
        value.append(unescaped(text.charAt(++at)));
      } else if (c == '$') {
        value.append(reference());
      } else {
        value.append(c);
      }
    }
    if (at == text.length()) {
      throw new UserError(
          "unterminated quoted value "
              + text.substring(start, Math.min(text.length(), start + 20)));
    }
    skipLine();
    return value.toString();
  }

  private static char unescaped(char c) {
    return switch (c) {
      case 'n' -> '\n';
      case 'r' -> '\r';
      default -> c;
    };
  }

  /**
   * The value of the earlier key named at the dollar sign; stands on its last character afterwards.
   */
  private String reference() {
    boolean braces = at + 1 < text.length() && text.charAt(at + 1) == '{';
    int start = at + (braces ? 2 : 1);
    int end = start;
    while (end < text.length() && isReferenceCharacter(text.charAt(end))) {
      end++;
    }
    if (end == start || (braces && (end == text.length() || text.charAt(end) != '}'))) {
      return "$";
    }
    at = braces ? end : end - 1;
    return values.getOrDefault(text.substring(start, end), "");
  }

  private String expanded(String raw) {
    if (raw.indexOf('$') < 0) {
      return raw;
    }
    EnvText inner = new EnvText(raw, values);
    StringBuilder value = new StringBuilder();
    for (; inner.at < raw.length(); inner.at++) {
      char c = raw.charAt(inner.at);
      if (c == '\\' && inner.at + 1 < raw.length() && raw.charAt(inner.at + 1) == '$') {
        value.append('$');
        inner.at++;
      } else if (c == '$') {
        value.append(inner.reference());
      } else {
        value.append(c);
      }
    }
    return value.toString();
  }

  private static boolean isReferenceCharacter(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  }

  private int lineEnd() {
    int end = text.indexOf('\n', at);
    return end < 0 ? text.length() : end;
  }

  private void skipLine() {
    at = Math.min(text.length(), lineEnd() + 1);
  }

  private void skipSpaces() {
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      at++;
    }
  }

  private void skipBlank() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  /** {@code KEY='value'} with quotes inside made safe for a shell. */
  static String shellQuoted(String value) {
    return "'" + value.replace("'", "'\\''") + "'";
  }

  static String joined(
      Map<String, String> values,
      String separator,
      java.util.function.BiFunction<String, String, String> form) {
    return values.entrySet().stream()
        .map(each -> form.apply(each.getKey(), each.getValue()))
        .collect(Collectors.joining(separator));
  }
}
