/**
 * Files of a pushed source tree: reading them without being led out of the tree, and keeping those
 * that shape a deploy aside until it has succeeded. Start with {@link
 * dev.slipway.core.source.SourceTree}. What a Procfile or an app.json means belongs elsewhere.
 */
@NullMarked
package dev.slipway.core.source;

import org.jspecify.annotations.NullMarked;
