/** What the containers of an app write: {@link dev.slipway.core.logs.Logs}. Spec: 04 section 13. */
@NullMarked
package dev.slipway.core.logs;

import org.jspecify.annotations.NullMarked;
