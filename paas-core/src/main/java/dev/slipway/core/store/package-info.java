/**
 * Files: where they are ({@link dev.slipway.core.store.Roots}), how they are replaced ({@link
 * dev.slipway.core.store.DurableFiles}), the property store of the reference ({@link
 * dev.slipway.core.store.PropertyStore}) and the files that name an app's containers ({@link
 * dev.slipway.core.store.StateFiles}). Nothing here caches across calls.
 */
@NullMarked
package dev.slipway.core.store;

import org.jspecify.annotations.NullMarked;
