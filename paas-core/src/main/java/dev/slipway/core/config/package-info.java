/**
 * The environment of apps and of the installation: files, formats, commands. Spec: 01 section 10.
 */
@NullMarked
package dev.slipway.core.config;

import org.jspecify.annotations.NullMarked;
