/**
 * Commands in running containers of an app: {@link dev.slipway.core.enter.Enter}. Spec: 04 section
 * 11.
 */
@NullMarked
package dev.slipway.core.enter;

import org.jspecify.annotations.NullMarked;
