/**
 * The domains of apps and of the installation: start with {@link dev.slipway.core.domains.Domains}.
 * {@link dev.slipway.core.domains.DomainFiles} knows the files, {@link
 * dev.slipway.core.domains.Vhosts} whether an app has domains at all, {@link
 * dev.slipway.core.domains.Urls} what people type to reach it. Serving them is the proxy's part.
 * Spec: 02 section 2.
 */
@NullMarked
package dev.slipway.core.domains;

import org.jspecify.annotations.NullMarked;
