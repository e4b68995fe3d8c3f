/**
 * The repositories of apps and the git services over the wire: which app a path names, what a push
 * to which branch does, and what is known about an app's code. Start with {@link
 * dev.slipway.core.git.GitWire} and {@link dev.slipway.core.git.GitHook}. Building what was pushed
 * is the business of {@code deploy}. Spec: 03 section 2.
 */
@NullMarked
package dev.slipway.core.git;

import org.jspecify.annotations.NullMarked;
