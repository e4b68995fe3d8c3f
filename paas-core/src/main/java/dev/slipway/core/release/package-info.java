/**
 * What is between a built image and running containers: the triggers {@code release-and-deploy} and
 * {@code deploy}, the names of images, and the numbered record of each release. Start with {@link
 * dev.slipway.core.release.ReleaseAndDeploy}. How containers come to run is the scheduler's. Spec:
 * 03 section 11.1.
 */
@NullMarked
package dev.slipway.core.release;

import org.jspecify.annotations.NullMarked;
