/**
 * Letting the web in by nginx: start with {@link dev.slipway.proxy.NginxProxy}, which builds an
 * app's file from the answers of triggers. {@code NginxSite} is the text of that file, {@code
 * ProxyQueue} tests and reloads for many apps at once, {@code Nginx} proves that a reload happened,
 * {@link dev.slipway.proxy.NginxHost} knows how nginx is run here. Spec: 02 section 6.
 */
@NullMarked
package dev.slipway.proxy;

import org.jspecify.annotations.NullMarked;
