/** The commands of the family {@code docker-options}. Spec: 04 section 8. */
@NullMarked
package dev.slipway.cli.dockeroptions;

import org.jspecify.annotations.NullMarked;
