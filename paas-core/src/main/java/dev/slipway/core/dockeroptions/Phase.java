package dev.slipway.core.dockeroptions;

import dev.slipway.core.error.UserError;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** When an option counts. */
public enum Phase {
  BUILD,
  DEPLOY,
  RUN;

  private static final String NAMES = "[build deploy run]";

  /**
   * A comma list, in the order given.
   *
   * @throws UserError if one of them is none
   */
  static List<Phase> list(String text) {
    return Arrays.stream(text.split(",", -1))
        .map(name -> of(name, "Phase(s) must be one of " + NAMES))
        .toList();
  }

  static Phase one(String text) {
    return of(text, "Phase must be one of " + NAMES);
  }

  private static Phase of(String name, String message) {
    for (Phase phase : values()) {
      if (phase.toString().equals(name)) {
        return phase;
      }
    }
    throw new UserError(message);
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
