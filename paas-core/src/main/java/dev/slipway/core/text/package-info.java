/**
 * Text and what it stands for: bytes ({@link dev.slipway.core.text.ExactText}) and words ({@link
 * dev.slipway.core.text.ShellWords}). Depends on nothing but errors.
 */
@NullMarked
package dev.slipway.core.text;

import org.jspecify.annotations.NullMarked;
