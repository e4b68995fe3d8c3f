/**
 * Text and the bytes it stands for: {@link dev.slipway.core.text.ExactText}. Depends on nothing.
 */
@NullMarked
package dev.slipway.core.text;

import org.jspecify.annotations.NullMarked;
