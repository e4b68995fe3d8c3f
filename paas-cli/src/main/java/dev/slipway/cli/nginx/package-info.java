/** The commands of {@code nginx}: text in, one call of a service, nothing else. */
@NullMarked
package dev.slipway.cli.nginx;

import org.jspecify.annotations.NullMarked;
