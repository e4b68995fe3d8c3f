/**
 * Port mappings of apps: start with {@link dev.slipway.core.ports.Ports}, which changes what users
 * set; {@link dev.slipway.core.ports.PortMaps} computes what is in force, {@link
 * dev.slipway.core.ports.ProxyPorts} chooses the ports that an app without mappings is served on.
 * Spec: 02 section 4.
 */
@NullMarked
package dev.slipway.core.ports;

import org.jspecify.annotations.NullMarked;
