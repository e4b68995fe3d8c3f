/**
 * Text for the person who ran a command: one class decides prefixes and streams. Spec: 01 section
 * 3.
 */
@NullMarked
package dev.slipway.core.output;

import org.jspecify.annotations.NullMarked;
