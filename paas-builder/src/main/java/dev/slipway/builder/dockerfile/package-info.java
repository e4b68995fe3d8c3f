/**
 * Images from a Dockerfile, by the docker client: start with {@link
 * dev.slipway.builder.dockerfile.DockerfileBuilder}. Spec: 03 section 5.1.
 */
@NullMarked
package dev.slipway.builder.dockerfile;

import org.jspecify.annotations.NullMarked;
