package dev.slipway.core.report;

import java.util.List;
import java.util.Optional;

/**
 * The properties of one plugin as {@code PLUGIN:set} accepts them.
 *
 * @param plugin the directory name in the property store
 * @param properties in the order in which messages of the shell families list them
 */
public record PropertySet(String plugin, PropertyFamily family, List<Property> properties) {
  public PropertySet {
    properties = List.copyOf(properties);
  }

  public Optional<Property> find(String name) {
    return properties.stream().filter(each -> each.name().equals(name)).findFirst();
  }
}
