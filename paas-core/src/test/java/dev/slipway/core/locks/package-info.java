/** Tests of the package of the same name. */
@NullMarked
package dev.slipway.core.locks;

import org.jspecify.annotations.NullMarked;
