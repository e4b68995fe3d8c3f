/**
 * Repositories by native git: {@link dev.slipway.builder.git.NativeGit}. Only calls that read or
 * write a repository of ours; what a client sends is handled by the core's {@code GitWire}.
 */
@NullMarked
package dev.slipway.builder.git;

import org.jspecify.annotations.NullMarked;
