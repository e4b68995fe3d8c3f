/**
 * The stack image (the folder {@code stack} beside the sources of this module), tried by its
 * contract alone: what a container of it does with {@code /build}, {@code /exec} and {@code
 * /start}. What Slipway makes of that is tested where it is used.
 */
@NullMarked
package dev.slipway.builder.stack;

import org.jspecify.annotations.NullMarked;
