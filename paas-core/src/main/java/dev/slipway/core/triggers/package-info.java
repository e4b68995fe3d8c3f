/**
 * The one way between families: start with {@link dev.slipway.core.triggers.Triggers}. Java
 * handlers and third-party executables\n * form one chain in byte order of the plugin name. Spec:
 * 05 section 1.7 and 2.
 */
@NullMarked
package dev.slipway.core.triggers;

import org.jspecify.annotations.NullMarked;
