/** Tests of the family. */
@NullMarked
package dev.slipway.core.builder;

import org.jspecify.annotations.NullMarked;
