/**
 * Options for the containers of an app, in the words of {@code docker container create}: start with
 * {@link dev.slipway.core.dockeroptions.DockerOptions}. How words become a container is the
 * engine's matter. Spec: 04 section 8.
 */
@NullMarked
package dev.slipway.core.dockeroptions;

import org.jspecify.annotations.NullMarked;
