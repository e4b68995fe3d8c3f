/** The commands of the family {@code storage}. Spec: 04 section 9. */
@NullMarked
package dev.slipway.cli.storage;

import org.jspecify.annotations.NullMarked;
