/** The commands of {@code proxy}: text in, one call of a service, nothing else. */
@NullMarked
package dev.slipway.cli.proxy;

import org.jspecify.annotations.NullMarked;
