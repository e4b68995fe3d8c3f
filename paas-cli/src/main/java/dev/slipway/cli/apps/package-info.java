/** The commands of the family {@code apps}. Spec: 01 section 9. */
@NullMarked
package dev.slipway.cli.apps;

import org.jspecify.annotations.NullMarked;
