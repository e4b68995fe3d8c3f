/**
 * Records and logs of builds: what is said during one goes to the caller and to a file. Start with
 * {@link dev.slipway.core.builds.Builds}. What a build does is the business of {@code deploy}.
 * Spec: 03 sections 1.5 and 3.
 */
@NullMarked
package dev.slipway.core.builds;

import org.jspecify.annotations.NullMarked;
