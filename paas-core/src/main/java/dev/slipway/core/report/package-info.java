/**
 * The shared shapes of {@code PLUGIN:report} and {@code PLUGIN:set}; a family only declares its
 * keys. Spec: 01 sections 5 and 6.
 */
@NullMarked
package dev.slipway.core.report;

import org.jspecify.annotations.NullMarked;
