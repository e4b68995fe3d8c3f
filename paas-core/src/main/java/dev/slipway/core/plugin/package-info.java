/** What the core needs of the host for third-party plugins, apart from triggers. */
@NullMarked
package dev.slipway.core.plugin;

import org.jspecify.annotations.NullMarked;
