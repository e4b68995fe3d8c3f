package dev.slipway.core.dockeroptions;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Text as words: quotes and backslashes count as in a shell, nothing is expanded. Spec: 04 section
 * 8.1.
 */
public final class ShellWords {
  private static final String SPECIAL = "\"'$\\*?[]<>|&;(){}!#~`";

  private final String text;
  private final List<String> words = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();
  private boolean inWord;
  private int at;

  private ShellWords(String text) {
    this.text = text;
  }

  /**
   * @throws IllegalArgumentException saying what is wrong, if a quote is not closed
   */
  public static List<String> split(String text) {
    ShellWords splitting = new ShellWords(text);
    while (splitting.at < text.length()) {
      splitting.step(text.charAt(splitting.at++));
    }
    splitting.end();
    return splitting.words;
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
    if (Character.isWhitespace(c)) {
      end();
      return;
    }
    inWord = true;
    switch (c) {
      case '\'' -> single();
      case '"' -> doubled();
      case '\\' -> {
        if (at == text.length()) {
          throw new IllegalArgumentException("EOF found after escape character");
        }
        word.append(text.charAt(at++));
      }
      default -> word.append(c);
    }
  }

  private void single() {
    int close = text.indexOf('\'', at);
    if (close < 0) {
      throw unclosed();
    }
    word.append(text, at, close);
    at = close + 1;
  }

  private void doubled() {
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == '"') {
        return;
      }
      boolean escapes = c == '\\' && at < text.length() && "\"\\$`".indexOf(text.charAt(at)) >= 0;
      word.append(escapes ? text.charAt(at++) : c);
    }
    throw unclosed();
  }

  private static IllegalArgumentException unclosed() {
    return new IllegalArgumentException("EOF found when expecting closing quote");
  }

  private void end() {
    if (inWord) {
      words.add(word.toString());
      word.setLength(0);
      inWord = false;
    }
  }
}
