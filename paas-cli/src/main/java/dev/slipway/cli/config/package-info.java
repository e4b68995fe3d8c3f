/** The commands of the family {@code config}. Spec: 01 section 10. */
@NullMarked
package dev.slipway.cli.config;

import org.jspecify.annotations.NullMarked;
