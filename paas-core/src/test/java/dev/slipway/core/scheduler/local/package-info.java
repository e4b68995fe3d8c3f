/** Tests of the docker-local scheduler over an engine in memory, all core families around it. */
@NullMarked
package dev.slipway.core.scheduler.local;

import org.jspecify.annotations.NullMarked;
