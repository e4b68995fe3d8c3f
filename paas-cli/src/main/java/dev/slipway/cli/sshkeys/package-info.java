/** The commands of {@code ssh-keys}. Spec: 01 section 11.3. */
@NullMarked
package dev.slipway.cli.sshkeys;

import org.jspecify.annotations.NullMarked;
