/** Tests of the resource family. */
@NullMarked
package dev.slipway.core.resource;

import org.jspecify.annotations.NullMarked;
