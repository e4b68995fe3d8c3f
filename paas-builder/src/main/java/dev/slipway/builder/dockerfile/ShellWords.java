package dev.slipway.builder.dockerfile;

import dev.slipway.core.error.UserError;
import java.util.ArrayList;
import java.util.List;

/** Splits option text into words by the shell's quoting rules; nothing is expanded. */
final class ShellWords {
  private final List<String> words = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();
  private boolean inWord;
  private char quote;

  private ShellWords() {}

  /**
   * @throws UserError if a quote is not closed
   */
  static List<String> split(String text) {
    ShellWords splitter = new ShellWords();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && splitter.quote != '\'' && i + 1 < text.length()) {
        i++;
        splitter.escaped(text.charAt(i));
      } else {
        splitter.take(c);
      }
    }
    return splitter.finish(text);
  }

  private void escaped(char c) {
    if (quote == '"' && c != '"' && c != '\\' && c != '$' && c != '`') {
      word.append('\\');
    }
    word.append(c);
    inWord = true;
  }

  private void take(char c) {
    if (quote != 0) {
      if (c == quote) {
        quote = 0;
      } else {
        word.append(c);
      }
    } else if (c == '\'' || c == '"') {
      quote = c;
      inWord = true;
    } else if (Character.isWhitespace(c)) {
      endWord();
    } else {
      word.append(c);
      inWord = true;
    }
  }

  private void endWord() {
    if (inWord) {
      words.add(word.toString());
      word.setLength(0);
      inWord = false;
    }
  }

  private List<String> finish(String text) {
    if (quote != 0) {
      throw new UserError("Unclosed quote in docker options: " + text);
    }
    endWord();
    return List.copyOf(words);
  }
}
