/**
 * The values every feature speaks in. Text becomes one of these types at the door; past it nobody
 * checks again. Depends on\n * nothing but errors.
 */
@NullMarked
package dev.slipway.core.model;

import org.jspecify.annotations.NullMarked;
