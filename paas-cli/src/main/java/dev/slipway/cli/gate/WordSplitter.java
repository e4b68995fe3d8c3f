package dev.slipway.cli.gate;

import dev.slipway.core.error.UserError;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Splits what came over SSH into words, without any expansion. Spec: 01 section 1.4. */
final class WordSplitter {
  private static final Pattern BLANKS = Pattern.compile("[ \\t-\\r]+");

  private final String text;
  private final List<String> words = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();
  private boolean inWord;

  private WordSplitter(String text) {
    this.text = text;
  }

  /**
   * @throws UserError if a quote is not closed, or a line end stands inside quotes
   */
  static List<String> split(String text) {
    return isGit(text) ? plain(text) : new WordSplitter(text).quoted();
  }

  private static List<String> plain(String text) {
    return BLANKS.splitAsStream(text).filter(word -> !word.isEmpty()).toList();
  }

  /** Whether the command word, after leading global flags, has {@code git} in it. */
  private static boolean isGit(String text) {
    List<String> naive = plain(text);
    List<String> rest = GlobalFlags.withoutLeading(naive);
    return !rest.isEmpty() && rest.getFirst().contains("git");
  }

  private List<String> quoted() {
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i);
      if (c == '\'' || c == '"') {
        i = takeQuoted(i, c);
      } else if (c == '\\' && i + 1 < text.length()) {
        add(text.charAt(i + 1));
        i += 2;
      } else if (isBlank(c)) {
        endWord();
        i++;
      } else {
        add(c);
        i++;
      }
    }
    endWord();
    return List.copyOf(words);
  }

  private int takeQuoted(int start, char quote) {
    int end = text.indexOf(quote, start + 1);
    int lineEnd = text.indexOf('\n', start + 1);
    if (end < 0 || (lineEnd >= 0 && lineEnd < end)) {
      throw new UserError(
          "unmatched " + (quote == '"' ? "double" : "single") + " quote in the command");
    }
    inWord = true;
    word.append(text, start + 1, end);
    return end + 1;
  }

  private static boolean isBlank(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }

  private void add(char c) {
    inWord = true;
    word.append(c);
  }

  private void endWord() {
    if (inWord) {
      words.add(word.toString());
      word.setLength(0);
      inWord = false;
    }
  }
}
