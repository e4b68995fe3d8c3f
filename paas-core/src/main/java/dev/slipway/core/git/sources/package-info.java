/**
 * Source that no push brings: archives, images, folders and other git servers. Each becomes a
 * commit on the deploy branch and is deployed like a push; the branch moves when that has
 * succeeded, and nothing stays of one that fails. Start with {@link
 * dev.slipway.core.git.sources.GitSources}. How commits are made, archives unpacked and remotes
 * asked belongs to the adapters of the ports here. Spec: 03 sections 2.8 to 2.11.
 */
@NullMarked
package dev.slipway.core.git.sources;

import org.jspecify.annotations.NullMarked;
