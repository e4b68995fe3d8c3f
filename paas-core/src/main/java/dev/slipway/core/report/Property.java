package dev.slipway.core.report;

import java.util.EnumSet;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A property that {@code PLUGIN:set} can change and {@code PLUGIN:report} shows.
 *
 * @param perApp whether an app can have a value of its own
 * @param global whether there is a value for the installation
 * @param fallback the built-in default, shown as the computed value
 * @param check turns what was typed into what is stored; throws {@link
 *     dev.slipway.core.error.UserError} for a bad value; not called for an empty one, which unsets
 * @param lines what the report shows of it
 */
public record Property(
    String name,
    boolean perApp,
    boolean global,
    String fallback,
    UnaryOperator<String> check,
    Set<Line> lines) {

  /** A line of the report, for a property {@code p} of a plugin {@code x}. */
  public enum Line {
    /** {@code x-p} of an app: what is set for it. */
    OWN,
    /** {@code x-global-p}, of an app and of the installation: what is set for the latter. */
    GLOBAL,
    /** {@code x-computed-p} of an app: what is in force. */
    COMPUTED,
    /** {@code x-computed-p} of the installation. */
    COMPUTED_GLOBALLY
  }

  public Property {
    lines = Set.copyOf(lines);
  }

  /** For an app and for the installation, any value. */
  public static Property everywhere(String name, String fallback) {
    return any(name, true, true, fallback, EnumSet.allOf(Line.class));
  }

  public static Property perApp(String name, String fallback) {
    return any(name, true, false, fallback, EnumSet.of(Line.OWN, Line.COMPUTED));
  }

  public static Property globalOnly(String name, String fallback) {
    return any(name, false, true, fallback, EnumSet.complementOf(EnumSet.of(Line.OWN)));
  }

  private static Property any(
      String name, boolean perApp, boolean global, String fallback, Set<Line> lines) {
    return new Property(name, perApp, global, fallback, UnaryOperator.identity(), lines);
  }

  public Property checked(UnaryOperator<String> rule) {
    return new Property(name, perApp, global, fallback, rule, lines);
  }

  /** Where the report shows less than usual; with no line at all, the family adds its own. */
  public Property shown(Line... only) {
    return new Property(name, perApp, global, fallback, check, Set.of(only));
  }
}
