/** Tests of the package of the same name. */
@NullMarked
package dev.slipway.core.checks;

import org.jspecify.annotations.NullMarked;
