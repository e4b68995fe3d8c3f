/**
 * Which buildpacks turn an app's source into something that runs, and in which stack image. Start
 * with {@link dev.slipway.core.buildpacks.Buildpacks}; running them belongs to the builders. Spec:
 * 03 section 6.
 */
@NullMarked
package dev.slipway.core.buildpacks;

import org.jspecify.annotations.NullMarked;
