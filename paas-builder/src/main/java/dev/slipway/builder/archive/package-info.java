/**
 * Archives from outside, unpacked so that nothing lands anywhere but in the folder meant for it:
 * {@link dev.slipway.builder.archive.SafeArchives}. Spec: 03 section 2.8.
 */
@NullMarked
package dev.slipway.builder.archive;

import org.jspecify.annotations.NullMarked;
