/**
 * Who may log in over SSH: the file {@code ROOT/.ssh/authorized_keys} in the reference's format,
 * and the commands {@code ssh-keys:*} that edit it. Start with {@link
 * dev.slipway.core.sshkeys.AuthorizedKeys}; the SSH door asks it at each login. Spec: 01 sections
 * 1.4 and 11.3.
 */
@NullMarked
package dev.slipway.core.sshkeys;

import org.jspecify.annotations.NullMarked;
