/** The builder that builds nothing. Spec: 03 section 5.7. */
@NullMarked
package dev.slipway.builder.noop;

import org.jspecify.annotations.NullMarked;
