package dev.slipway.core.text;

import dev.slipway.core.error.UserError;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Text as words: quotes and backslashes count as in a shell, nothing is expanded. What comes over
 * SSH is split by other rules, those of the gate. Spec: 03 section 5.1, 04 sections 5.5 and 8.1.
 */
public final class ShellWords {
  private static final String SPECIAL = "\"'$\\*?[]<>|&;(){}!#~`";

  private final String text;
  private final String what;
  private final List<String> words = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();
  private boolean inWord;
  private int at;

  private ShellWords(String text, String what) {
    this.text = text;
    this.what = what;
  }

  /**
   * Splits text that may have come from anyone.
   *
   * @param what names the text to a person, as in "Unable to parse WHAT: ..."
   * @throws UserError if a quote is not closed, or nothing follows the last backslash
   */
  public static List<String> split(String text, String what) {
    ShellWords splitting = new ShellWords(text, what);
    while (splitting.at < text.length()) {
      splitting.step(text.charAt(splitting.at++));
    }
    splitting.end();
    return List.copyOf(splitting.words);
  }

  /** Words as one text that {@link #split} gives back. */
  public static String join(List<String> words) {
    return words.stream().map(ShellWords::quoted).collect(Collectors.joining(" "));
  }

  private static String quoted(String word) {
    boolean plain =
        !word.isEmpty()
            && word.chars().noneMatch(c -> Character.isWhitespace(c) || SPECIAL.indexOf(c) >= 0);
    return plain ? word : "'" + word.replace("'", "'\\''") + "'";
  }

  private void step(char c) {
    switch (c) {
      case ' ', '\t', '\n', '\u000b', '\f', '\r' -> end();
      case '\'' -> single();
      case '"' -> doubled();
      case '\\' -> escaped();
      default -> add(c);
    }
  }

  private void escaped() {
    if (at == text.length()) {
      throw unfinished("EOF found after escape character");
    }
    char c = text.charAt(at++);
    if (c != '\n') {
      add(c);
    }
  }

  private void add(char c) {
    inWord = true;
    word.append(c);
  }

  private void single() {
    int close = text.indexOf('\'', at);
    if (close < 0) {
      throw unfinished("EOF found when expecting closing quote");
    }
    inWord = true;
    word.append(text, at, close);
    at = close + 1;
  }

  private void doubled() {
    inWord = true;
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == '"') {
        return;
      }
      boolean escapes = c == '\\' && at < text.length() && "\"\\$`\n".indexOf(text.charAt(at)) >= 0;
      char taken = escapes ? text.charAt(at++) : c;
      if (!escapes || taken != '\n') {
        word.append(taken);
      }
    }
    throw unfinished("EOF found when expecting closing quote");
  }

  private UserError unfinished(String why) {
    return new UserError("Unable to parse " + what + ": " + why);
  }

  private void end() {
    if (inWord) {
      words.add(word.toString());
      word.setLength(0);
      inWord = false;
    }
  }
}
