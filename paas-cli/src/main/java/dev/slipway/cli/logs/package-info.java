/** The commands of the family {@code logs}. Spec: 04 section 13. */
@NullMarked
package dev.slipway.cli.logs;

import org.jspecify.annotations.NullMarked;
