package dev.slipway.core.report;

import java.util.function.UnaryOperator;

/**
 * A property that {@code PLUGIN:set} can change.
 *
 * @param perApp whether an app can have a value of its own
 * @param global whether there is a value for the installation
 * @param fallback the built-in default, shown as the computed value
 * @param check turns what was typed into what is stored; throws {@link
 *     dev.slipway.core.error.UserError} for a bad value; not called for an empty one, which unsets
 */
public record Property(
    String name, boolean perApp, boolean global, String fallback, UnaryOperator<String> check) {
  /** For an app and for the installation, any value. */
  public static Property everywhere(String name, String fallback) {
    return new Property(name, true, true, fallback, UnaryOperator.identity());
  }

  public static Property perApp(String name, String fallback) {
    return new Property(name, true, false, fallback, UnaryOperator.identity());
  }

  public static Property globalOnly(String name, String fallback) {
    return new Property(name, false, true, fallback, UnaryOperator.identity());
  }

  public Property checked(UnaryOperator<String> rule) {
    return new Property(name, perApp, global, fallback, rule);
  }
}
