/** Tests of the family. */
@NullMarked
package dev.slipway.core.buildpacks;

import org.jspecify.annotations.NullMarked;
