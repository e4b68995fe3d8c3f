/**
 * What every command is handed, from whatever door: start with {@link dev.slipway.core.call.Call}.
 * Doors make calls, the gate\n * runs commands with them, services hand them down.
 */
@NullMarked
package dev.slipway.core.call;

import org.jspecify.annotations.NullMarked;
