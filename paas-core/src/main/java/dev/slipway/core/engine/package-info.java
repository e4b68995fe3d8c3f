/**
 * The container engine as a port: start with {@link dev.slipway.core.engine.Engine}. Mechanism
 * only; names, order and retirement\n * are policy of the scheduler. The adapter is {@code
 * engine.docker}.
 */
@NullMarked
package dev.slipway.core.engine;

import org.jspecify.annotations.NullMarked;
