package dev.slipway.core.triggers;

import dev.slipway.core.error.UserError;

/**
 * The name of a trigger. Any name is accepted, known or not; it is also a file name in a plugin's
 * folder. Spec: 05 section 1.7.
 */
public record Trigger(String name) {
  public Trigger {
    if (name.isEmpty() || name.contains("/") || name.startsWith(".") || name.indexOf('\0') >= 0) {
      throw new UserError("Invalid trigger name: " + name);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
