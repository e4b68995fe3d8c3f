/** The commands of {@code checks}. */
@NullMarked
package dev.slipway.cli.checks;

import org.jspecify.annotations.NullMarked;
