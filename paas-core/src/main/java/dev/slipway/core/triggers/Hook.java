package dev.slipway.core.triggers;

import java.nio.file.Path;

/**
 * A third-party executable for a trigger.
 *
 * @param plugin the name of its folder, which decides the place in the chain
 * @param file {@code PLUGIN_PATH/enabled/PLUGIN/TRIGGER}; what {@code $0} says
 */
public record Hook(String plugin, Path file) {}
