/** Tests of the package of the same name. */
@NullMarked
package dev.slipway.core.journal;

import org.jspecify.annotations.NullMarked;
