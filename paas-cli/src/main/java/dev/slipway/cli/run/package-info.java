/** The commands of the family {@code run}. Spec: 04 section 10. */
@NullMarked
package dev.slipway.cli.run;

import org.jspecify.annotations.NullMarked;
