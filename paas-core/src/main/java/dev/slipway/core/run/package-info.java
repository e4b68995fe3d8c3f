/**
 * One-off processes in containers of their own: start with {@link dev.slipway.core.run.Runs}. The
 * containers are the scheduler's. Spec: 04 section 10.
 */
@NullMarked
package dev.slipway.core.run;

import org.jspecify.annotations.NullMarked;
