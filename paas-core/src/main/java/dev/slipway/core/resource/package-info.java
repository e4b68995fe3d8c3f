/**
 * How much memory, CPU and so on the processes and the builds of an app may use. Start with {@link
 * dev.slipway.core.resource.Resources}; what becomes of the values is in {@link
 * dev.slipway.core.resource.ResourceFamily}. Spec: 04 section 7.
 */
@NullMarked
package dev.slipway.core.resource;

import org.jspecify.annotations.NullMarked;
