/** The commands of {@code builds}. */
@NullMarked
package dev.slipway.cli.builds;

import org.jspecify.annotations.NullMarked;
