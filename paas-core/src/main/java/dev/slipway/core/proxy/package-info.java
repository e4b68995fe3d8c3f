/**
 * Letting the web in, as far as it does not depend on the proxy in use: {@link
 * dev.slipway.core.proxy.Proxies} holds the properties and commands, {@link
 * dev.slipway.core.proxy.Proxy} is the port for what serves. The adapter for nginx is in another
 * room. Spec: 02 section 5.
 */
@NullMarked
package dev.slipway.core.proxy;

import org.jspecify.annotations.NullMarked;
