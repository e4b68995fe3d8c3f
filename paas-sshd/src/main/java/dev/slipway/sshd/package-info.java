/**
 * The SSH door: keys, connections, channels. Start with {@link dev.slipway.sshd.SshDoor}, which
 * holds the library's settings; {@code DoorCommand} turns one request into a call through the gate.
 * Which keys may log in is core's business ({@code dev.slipway.core.sshkeys}); commands know
 * nothing of SSH.
 */
@NullMarked
package dev.slipway.sshd;

import org.jspecify.annotations.NullMarked;
