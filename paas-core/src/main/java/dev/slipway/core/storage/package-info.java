/**
 * Persistent files of apps: named entries of the installation, and attachments of entries to apps.
 * Spec: 04 section 9.
 */
@NullMarked
package dev.slipway.core.storage;

import org.jspecify.annotations.NullMarked;
