/** The commands of {@code resource}. Spec: 04 section 7.1. */
@NullMarked
package dev.slipway.cli.resource;

import org.jspecify.annotations.NullMarked;
