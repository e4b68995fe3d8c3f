/**
 * What can go wrong, sorted by who has to act: {@link dev.slipway.core.error.UserError} is for the
 * person who typed, {@link\n * dev.slipway.core.error.ToolFailure} for a program or engine that
 * refused. Anything else is a bug. Only the gate turns these\n * into text and exit codes.
 */
@NullMarked
package dev.slipway.core.error;

import org.jspecify.annotations.NullMarked;
