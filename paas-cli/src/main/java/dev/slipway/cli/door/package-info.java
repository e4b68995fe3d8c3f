/**
 * The local door: the wire to the launcher, a small C program that callers of this machine run.
 * {@link dev.slipway.cli.door.LauncherSession} is the place to start; {@code
 * src/main/c/PROTOCOL.md} describes the frames. Who may do what is decided by the gate, not here.
 */
@NullMarked
package dev.slipway.cli.door;

import org.jspecify.annotations.NullMarked;
