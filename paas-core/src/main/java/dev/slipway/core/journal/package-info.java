/**
 * What a change to an app has done so far, on disk before each step, so that the next start can
 * finish or undo it. Start with\n * {@link dev.slipway.core.journal.Journal}.
 */
@NullMarked
package dev.slipway.core.journal;

import org.jspecify.annotations.NullMarked;
