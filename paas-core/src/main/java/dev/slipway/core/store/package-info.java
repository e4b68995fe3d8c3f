/**
 * Files: where they are ({@link dev.slipway.core.store.Roots}), how they are replaced ({@link\n *
 * dev.slipway.core.store.DurableFiles}) and the property store of the reference ({@link\n *
 * dev.slipway.core.store.PropertyStore}). Nothing here caches across calls.
 */
@NullMarked
package dev.slipway.core.store;

import org.jspecify.annotations.NullMarked;
