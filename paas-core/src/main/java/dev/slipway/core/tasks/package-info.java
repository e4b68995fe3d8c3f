/**
 * Containers that live for one job and leave nothing behind: the tasks of a release, and looks into
 * an image. Start with {@link dev.slipway.core.tasks.Tasks}. Which tasks there are and when they
 * run is the business of {@code appjson}; one-off containers that people ask for belong to the
 * scheduler. Spec: 03 section 9.
 */
@NullMarked
package dev.slipway.core.tasks;

import org.jspecify.annotations.NullMarked;
