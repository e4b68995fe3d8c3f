package dev.slipway.core.git.sources;

import dev.slipway.core.error.UserError;
import dev.slipway.core.git.BranchName;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What of a remote repository is meant: a branch, a tag, or a commit that may have no name.
 *
 * @param name the full name of the ref, absent for a commit without one
 * @param commit its id, in full if the remote has named it
 * @param all the full names of all that the remote has
 */
record RemoteRef(Optional<String> name, String commit, List<String> all) {
  private static final String HEADS = "refs/heads/";
  private static final String TAGS = "refs/tags/";
  private static final Pattern ID = Pattern.compile("[0-9a-f]{7,64}");
  private static final int FULL = 40;
  private static final int SHOWN = 10;

  /**
   * Finds what was typed among what a remote has; branches come before tags.
   *
   * @throws UserError if it has no such thing, naming some that it has
   */
  static RemoteRef find(SortedMap<String, String> refs, String typed) {
    for (String name : List.of(typed, HEADS + typed, TAGS + typed)) {
      if (name.startsWith("refs/") && refs.containsKey(name)) {
        return new RemoteRef(Optional.of(name), refs.get(name), List.copyOf(refs.keySet()));
      }
    }
    if (ID.matcher(typed).matches()) {
      return new RemoteRef(Optional.empty(), typed, List.copyOf(refs.keySet()));
    }
    String branches =
        refs.keySet().stream()
            .filter(name -> name.startsWith(HEADS))
            .map(name -> name.substring(HEADS.length()))
            .limit(SHOWN)
            .collect(Collectors.joining(", "));
    String shown = typed.startsWith(HEADS) ? typed.substring(HEADS.length()) : typed;
    throw new UserError(
        "The remote repository has no branch or tag "
            + (BranchName.isValid(shown) ? shown : "of that name")
            + (branches.isEmpty() ? "; it has no branches" : ", its branches are: " + branches));
  }

  /** The branch, if it is one. */
  Optional<String> branch() {
    return name.filter(ref -> ref.startsWith(HEADS)).map(ref -> ref.substring(HEADS.length()));
  }

  /** What a remote can be asked for: a ref, or a commit by its full id. */
  Optional<String> wanted() {
    return name.or(() -> Optional.of(commit).filter(id -> id.length() >= FULL));
  }
}
