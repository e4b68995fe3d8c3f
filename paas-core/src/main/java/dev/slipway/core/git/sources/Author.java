package dev.slipway.core.git.sources;

import dev.slipway.core.error.UserError;

/** Who a commit is by, as typed; what git cannot store is refused. */
public record Author(String name, String email) {
  static final String DEFAULT_NAME = "Dokku";
  static final String DEFAULT_EMAIL = "automated@dokku.sh";

  public Author {
    if (!isPlain(name) || !isPlain(email)) {
      throw new UserError("A git user must not hold line ends, control characters, < or >");
    }
  }

  /** Defaults where nothing was typed. */
  public static Author of(String name, String email) {
    return new Author(
        name.isBlank() ? DEFAULT_NAME : name, email.isBlank() ? DEFAULT_EMAIL : email);
  }

  private static boolean isPlain(String text) {
    return text.chars().noneMatch(c -> c < ' ' || c == 0x7f || c == '<' || c == '>');
  }
}
