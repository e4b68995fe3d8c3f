/**
 * What builders share: the labels of images, the docker client, the triggers around a build, and
 * the signs by which source asks for buildpacks. Spec: 03 sections 4 and 5.
 */
@NullMarked
package dev.slipway.builder.image;

import org.jspecify.annotations.NullMarked;
