/**
 * The Procfile: its grammar, what a process type's command is, and when a new one comes into force.
 * Start with {@link dev.slipway.core.procfile.Procfiles}. How many of each type run is the business
 * of {@code ps}. Spec: 03 section 8.
 */
@NullMarked
package dev.slipway.core.procfile;

import org.jspecify.annotations.NullMarked;
