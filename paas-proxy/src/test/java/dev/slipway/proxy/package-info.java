/** Tests of the proxy, with a real nginx where the name ends in IT. */
@NullMarked
package dev.slipway.proxy;

import org.jspecify.annotations.NullMarked;
