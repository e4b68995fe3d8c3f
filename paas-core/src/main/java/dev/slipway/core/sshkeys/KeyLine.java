package dev.slipway.core.sshkeys;

import java.util.Optional;

/** One line of the keys file. */
sealed interface KeyLine {
  /** Nothing, or blanks. */
  record Blank() implements KeyLine {}

  record Comment() implements KeyLine {}

  /** Neither a key nor a comment. */
  record Broken() implements KeyLine {}

  /**
   * A key.
   *
   * @param optionText the options as written; empty if there are none
   */
  record Key(String optionText, KeyOptions options, PublicKeyText key) implements KeyLine {

    /** The name and fingerprint in the forced command, where it is the reference's. */
    Optional<ForcedCommand> command() {
      return options.value("command").flatMap(ForcedCommand::parse);
    }

    /**
     * What follows the forced command, if the line has the form that {@code ssh-keys:add} writes:
     * forced command first.
     */
    Optional<String> allowedKeys() {
      if (!optionText.startsWith("command=\"") || command().isEmpty()) {
        return Optional.empty();
      }
      int comma = optionText.indexOf("\",", "command=\"".length());
      while (comma > 0 && optionText.charAt(comma - 1) == '\\') {
        comma = optionText.indexOf("\",", comma + 1);
      }
      return Optional.of(comma < 0 ? "" : optionText.substring(comma + 2));
    }
  }

  static KeyLine parse(String text) {
    String line = text.strip();
    if (line.isEmpty()) {
      return new Blank();
    }
    if (line.startsWith("#")) {
      return new Comment();
    }
    int end = KeyOptions.end(line);
    if (end < 0) {
      return new Broken();
    }
    String first = line.substring(0, end);
    boolean bare = PublicKeyText.isType(first);
    Optional<KeyOptions> options = KeyOptions.parse(bare ? "" : first);
    Optional<PublicKeyText> key = PublicKeyText.parse(bare ? line : line.substring(end));
    return options.isPresent() && key.isPresent()
        ? new Key(bare ? "" : first, options.get(), key.get())
        : new Broken();
  }
}
