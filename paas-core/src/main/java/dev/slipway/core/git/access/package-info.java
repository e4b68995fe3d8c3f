/**
 * What the installation shows to other git servers, and how it knows them: the deploy key, the
 * {@code .netrc}, the known hosts. Start with {@link dev.slipway.core.git.access.GitAccess}. Spec:
 * 03 section 2.6.
 */
@NullMarked
package dev.slipway.core.git.access;

import org.jspecify.annotations.NullMarked;
