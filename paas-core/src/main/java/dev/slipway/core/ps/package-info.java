/**
 * Processes of apps: how many of each type, starting, stopping and restarting them. Start with
 * {@link dev.slipway.core.ps.Processes} and {@link dev.slipway.core.ps.Scales}. What is in a
 * Procfile is the package {@code procfile}'s. Spec: 04 sections 2 and 3.
 */
@NullMarked
package dev.slipway.core.ps;

import org.jspecify.annotations.NullMarked;
