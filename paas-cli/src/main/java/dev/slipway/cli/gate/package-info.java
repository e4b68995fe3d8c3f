/**
 * The one way in for every door: start with {@link dev.slipway.cli.gate.CommandGate}. Splits words,
 * reads global flags, checks\n * access, finds and runs the command, turns errors into text and
 * exit codes, audits.
 */
@NullMarked
package dev.slipway.cli.gate;

import org.jspecify.annotations.NullMarked;
