/**
 * Which scheduler an app uses. The scheduler that ships, docker-local, is in {@code
 * scheduler.local}; others answer the {@code scheduler-*} triggers. Spec: 04 section 4.
 */
@NullMarked
package dev.slipway.core.scheduler;

import org.jspecify.annotations.NullMarked;
