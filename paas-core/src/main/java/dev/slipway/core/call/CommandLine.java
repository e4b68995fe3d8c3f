package dev.slipway.core.call;

import java.util.List;

/** What was typed, as the door got it. */
public sealed interface CommandLine {
  /** Exact words, from the launcher. */
  record Words(List<String> words) implements CommandLine {
    public Words {
      words = List.copyOf(words);
    }
  }

  /** One text, from SSH, yet to be split by the rules of spec 01 section 1.4. */
  record Typed(String text) implements CommandLine {}
}
