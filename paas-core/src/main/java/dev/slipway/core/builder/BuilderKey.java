package dev.slipway.core.builder;

import dev.slipway.core.report.Property;
import dev.slipway.core.report.PropertyFamily;
import dev.slipway.core.report.PropertySet;
import java.util.List;

/**
 * The one property of a builder's own plugin. Spec: 03 section 4.4.
 *
 * @param builder {@code dockerfile} and so on
 * @param fallback what holds where nothing is set
 */
public record BuilderKey(String builder, String key, String fallback) {
  /** Where the Dockerfile is, below the root of the source. */
  public static final BuilderKey DOCKERFILE =
      new BuilderKey("dockerfile", "dockerfile-path", "Dockerfile");

  /**
   * Whether source without signs of another builder may go to this one. The stack image of our own
   * serves every kind of machine, so this is the default on all of them.
   */
  public static final BuilderKey HEROKUISH = new BuilderKey("herokuish", "allowed", "true");

  /** The plugin that has the property. */
  public String plugin() {
    return Builders.PLUGIN + "-" + builder;
  }

  /** As {@code PLUGIN:set} takes it. */
  public PropertySet set() {
    return new PropertySet(
        plugin(), PropertyFamily.SHELL_APP_FIRST, List.of(Property.everywhere(key, fallback)));
  }
}
