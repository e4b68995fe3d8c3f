/** The commands of {@code builder}, {@code builder-dockerfile} and {@code app-json}. */
@NullMarked
package dev.slipway.cli.builder;

import org.jspecify.annotations.NullMarked;
