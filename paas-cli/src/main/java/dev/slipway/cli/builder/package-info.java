/** The commands of {@code builder} and {@code builder-dockerfile}, and {@code cleanup}. */
@NullMarked
package dev.slipway.cli.builder;

import org.jspecify.annotations.NullMarked;
