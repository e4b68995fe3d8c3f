/** The commands of {@code network}: text in, one call of a service, nothing else. */
@NullMarked
package dev.slipway.cli.network;

import org.jspecify.annotations.NullMarked;
