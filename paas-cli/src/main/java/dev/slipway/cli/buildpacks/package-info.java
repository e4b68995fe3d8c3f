/** The commands of {@code buildpacks}. Spec: 03 section 6.1. */
@NullMarked
package dev.slipway.cli.buildpacks;

import org.jspecify.annotations.NullMarked;
