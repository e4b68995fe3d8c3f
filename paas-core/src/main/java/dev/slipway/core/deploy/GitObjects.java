package dev.slipway.core.deploy;

import dev.slipway.core.call.Call;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The variables by which git, called from its own hook, finds the objects of a push that are not in
 * the repository yet.
 */
public final class GitObjects {
  /** Where the objects of the push are. */
  public static final String QUARANTINE = "GIT_QUARANTINE_PATH";

  /**
   * Ties a call from the hook to the receiving program that runs it, so that a pin goes when that
   * push has ended.
   */
  public static final String PUSH = "SLIPWAY_PUSH";

  /**
   * The ref that is to move when what is received has been deployed, where the objects are in a
   * quarantine that is not git's.
   */
  public static final String MOVING_REF = "SLIPWAY_MOVING_REF";

  /**
   * The image that this deploy takes its files from; empty for one from source code. Where it is
   * not set, as in a rebuild, the last deploy decides.
   */
  public static final String SOURCE_IMAGE = "SLIPWAY_SOURCE_IMAGE";

  /** The remote repository that is synced, which relative URLs of submodules start from. */
  public static final String REMOTE = "SLIPWAY_REMOTE";

  private GitObjects() {}

  static Map<String, String> of(Call call) {
    Map<String, String> found = new HashMap<>();
    for (String name : List.of("GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES")) {
      call.variable(name).ifPresent(value -> found.put(name, value));
    }
    return found;
  }
}
