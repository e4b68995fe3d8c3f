/** The commands of {@code ports}: text in, one call of a service, nothing else. */
@NullMarked
package dev.slipway.cli.ports;

import org.jspecify.annotations.NullMarked;
