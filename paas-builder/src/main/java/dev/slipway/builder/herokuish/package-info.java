/**
 * Images from classic buildpacks: start with {@link
 * dev.slipway.builder.herokuish.HerokuishBuilder}. A stack image is a system with the programs
 * {@code /build}, {@code /exec} and {@code /start} in it; what those do is the image's affair.
 * Spec: 03 section 5.2.
 */
@NullMarked
package dev.slipway.builder.herokuish;

import org.jspecify.annotations.NullMarked;
