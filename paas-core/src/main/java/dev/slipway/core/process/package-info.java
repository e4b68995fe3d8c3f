/** Programs of the host, run as supervised children whose pipes are always drained. */
@NullMarked
package dev.slipway.core.process;

import org.jspecify.annotations.NullMarked;
