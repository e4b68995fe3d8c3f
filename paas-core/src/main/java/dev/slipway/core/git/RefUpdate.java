package dev.slipway.core.git;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One line that git gives a pre-receive hook. */
record RefUpdate(String old, String commit, String ref) {
  private static final Pattern LINE =
      Pattern.compile("([0-9a-f]{40,64}) ([0-9a-f]{40,64}) (refs/.+)");

  static Optional<RefUpdate> parse(String line) {
    Matcher part = LINE.matcher(line);
    return part.matches()
        ? Optional.of(new RefUpdate(part.group(1), part.group(2), part.group(3)))
        : Optional.empty();
  }

  boolean isOf(String branch) {
    return ref.equals("refs/heads/" + branch) || ref.equals("refs/tags/" + branch);
  }

  boolean isDeletion() {
    return commit.chars().allMatch(c -> c == '0');
  }

  String shortName() {
    return ref.replaceFirst("^refs/(heads|tags)/", "");
  }
}
