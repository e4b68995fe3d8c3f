package dev.slipway.core.storage;

import dev.slipway.core.error.UserError;
import java.util.Map;
import java.util.OptionalInt;

/** Who is to own a folder, as the words of {@code --chown} say. Spec: 04 section 9.3. */
final class Owner {
  private static final int LAST = 65_535;
  private static final Map<String, Integer> NAMED =
      Map.of("herokuish", 32_767, "heroku", 1_000, "paketo", 2_000, "packeto", 2_000, "root", 0);

  private Owner() {}

  /**
   * The numeric owner; none for {@code false} and for nothing.
   *
   * @throws UserError if the word means nothing
   */
  static OptionalInt of(String word) {
    if (word.isEmpty() || word.equals("false")) {
      return OptionalInt.empty();
    }
    Integer named = NAMED.get(word);
    if (named != null) {
      return OptionalInt.of(named);
    }
    if (word.matches("[0-9]{1,5}") && Integer.parseInt(word) <= LAST) {
      return OptionalInt.of(Integer.parseInt(word));
    }
    throw new UserError("Unsupported chown permissions");
  }
}
