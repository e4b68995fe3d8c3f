/** The commands of {@code scheduler} and {@code scheduler-docker-local}. */
@NullMarked
package dev.slipway.cli.scheduler;

import org.jspecify.annotations.NullMarked;
