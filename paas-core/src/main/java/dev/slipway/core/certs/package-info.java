/** Certificates of apps: whether one is installed, and what it is. Spec: 02 section 3. */
@NullMarked
package dev.slipway.core.certs;

import org.jspecify.annotations.NullMarked;
