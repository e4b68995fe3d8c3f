/**
 * Whether a new container may take over: the health checks of app.json, and which process types go
 * without them. Start with {@link dev.slipway.core.checks.Checks}. Spec: 04 section 6.
 */
@NullMarked
package dev.slipway.core.checks;

import org.jspecify.annotations.NullMarked;
