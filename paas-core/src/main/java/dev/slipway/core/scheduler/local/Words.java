package dev.slipway.core.scheduler.local;

import dev.slipway.core.error.UserError;
import java.util.ArrayList;
import java.util.List;

/**
 * Splits text into words as a shell does, with quotes and backslashes, but expands nothing. Spec:
 * 04 section 5.5.
 */
final class Words {
  private final String text;
  private final List<String> words = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();
  private boolean inWord;
  private int at;

  private Words(String text) {
    this.text = text;
  }

  /**
   * @throws UserError if a quote is not closed
   */
  static List<String> split(String text) {
    return new Words(text).split();
  }

  private List<String> split() {
    for (at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      if (Character.isWhitespace(c)) {
        end();
      } else {
        inWord = true;
        take(c);
      }
    }
    end();
    return List.copyOf(words);
  }

  private void take(char c) {
    switch (c) {
      case '\'' -> quoted('\'', false);
      case '"' -> quoted('"', true);
      case '\\' -> escaped();
      default -> word.append(c);
    }
  }

  private void escaped() {
    if (at + 1 < text.length()) {
      at++;
      if (text.charAt(at) != '\n') {
        word.append(text.charAt(at));
      }
    }
  }

  private void quoted(char quote, boolean escapes) {
    for (at++; at < text.length() && text.charAt(at) != quote; at++) {
      boolean escape = escapes && text.charAt(at) == '\\' && at + 1 < text.length();
      if (escape && "\"\\$`\n".indexOf(text.charAt(at + 1)) >= 0) {
        at++;
        if (text.charAt(at) == '\n') {
          continue;
        }
      }
      word.append(text.charAt(at));
    }
    if (at == text.length()) {
      throw new UserError("Unclosed quote in: " + text);
    }
  }

  private void end() {
    if (inWord) {
      words.add(word.toString());
      word.setLength(0);
      inWord = false;
    }
  }
}
