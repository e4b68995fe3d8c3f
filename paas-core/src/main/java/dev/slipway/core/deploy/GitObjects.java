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

  private GitObjects() {}

  static Map<String, String> of(Call call) {
    Map<String, String> found = new HashMap<>();
    for (String name : List.of("GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES")) {
      call.variable(name).ifPresent(value -> found.put(name, value));
    }
    return found;
  }
}
