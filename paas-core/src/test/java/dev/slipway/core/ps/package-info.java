/** Tests of the package of the same name. */
@NullMarked
package dev.slipway.core.ps;

import org.jspecify.annotations.NullMarked;
