/**
 * Which builder turns an app's source into an image, and the images themselves. Start with {@link
 * dev.slipway.core.builder.Builder}, the port that builders implement, and {@link
 * dev.slipway.core.builder.Builders}, which picks one. How one builds belongs to its adapter. Spec:
 * 03 sections 4, 5 and 10.
 */
@NullMarked
package dev.slipway.core.builder;

import org.jspecify.annotations.NullMarked;
