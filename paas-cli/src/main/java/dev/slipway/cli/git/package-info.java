/** The commands of {@code git}, the wire programs and the hook among them. */
@NullMarked
package dev.slipway.cli.git;

import org.jspecify.annotations.NullMarked;
