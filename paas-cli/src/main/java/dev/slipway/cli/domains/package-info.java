/** The commands of {@code domains}: text in, one call of a service, nothing else. */
@NullMarked
package dev.slipway.cli.domains;

import org.jspecify.annotations.NullMarked;
