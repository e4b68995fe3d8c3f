/** The commands of the family {@code enter}. Spec: 04 section 11. */
@NullMarked
package dev.slipway.cli.enter;

import org.jspecify.annotations.NullMarked;
