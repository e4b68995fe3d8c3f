/**
 * Apps: which there are, making and destroying them, the lock that holds deploys. Spec: 01 section
 * 9.
 */
@NullMarked
package dev.slipway.core.apps;

import org.jspecify.annotations.NullMarked;
