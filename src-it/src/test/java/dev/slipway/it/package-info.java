/**
 * Scenarios: the whole daemon with real ssh, git, docker and nginx, driven as a user would. Start
 * with {@link dev.slipway.it.Server}, which is a private installation, and {@link
 * dev.slipway.it.Repository}, what a developer has.
 */
@NullMarked
package dev.slipway.it;

import org.jspecify.annotations.NullMarked;
