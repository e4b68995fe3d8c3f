/**
 * How containers are reached: the listener files of apps and the network properties. The proxy
 * learns listeners only through triggers. Start with {@link dev.slipway.core.network.Networks}.
 * Spec: 02 section 8.
 */
@NullMarked
package dev.slipway.core.network;

import org.jspecify.annotations.NullMarked;
