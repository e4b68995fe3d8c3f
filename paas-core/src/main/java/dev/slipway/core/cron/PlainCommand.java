package dev.slipway.core.cron;

import java.util.Optional;

/** A command that is words only, since no shell is to run it. Spec: 04 section 12.1. */
final class PlainCommand {
  private static final String OPERATORS = ";&|<>()\n";

  private PlainCommand() {}

  /** What keeps it from being plain words, if anything does. */
  static Optional<String> problem(String command) {
    char quote = 0;
    for (int i = 0; i < command.length(); i++) {
      char c = command.charAt(i);
      boolean single = quote == '\'';
      if (c == '\\' && !single) {
        i++;
      } else if (c == quote) {
        quote = 0;
      } else if (quote == 0 && (c == '\'' || c == '"')) {
        quote = c;
      } else if (!single && (c == '`' || command.startsWith("$(", i))) {
        return Optional.of("command substitution is not supported");
      } else if (quote == 0 && OPERATORS.indexOf(c) >= 0) {
        return Optional.of("'" + c + "' is not supported outside of quotes");
      }
    }
    return quote == 0 ? Optional.empty() : Optional.of("a quote is not closed");
  }
}
