/** The commands of {@code ps}. */
@NullMarked
package dev.slipway.cli.ps;

import org.jspecify.annotations.NullMarked;
