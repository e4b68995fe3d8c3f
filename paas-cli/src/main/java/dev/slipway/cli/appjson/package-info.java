/** The commands of {@code app-json}. */
@NullMarked
package dev.slipway.cli.appjson;

import org.jspecify.annotations.NullMarked;
