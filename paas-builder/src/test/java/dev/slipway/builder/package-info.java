/** The contract of builders. */
@NullMarked
package dev.slipway.builder;

import org.jspecify.annotations.NullMarked;
