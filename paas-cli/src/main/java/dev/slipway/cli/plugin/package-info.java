/** The commands of {@code plugin}. What they do is in the plugin host. Spec: 01 section 12. */
@NullMarked
package dev.slipway.cli.plugin;

import org.jspecify.annotations.NullMarked;
