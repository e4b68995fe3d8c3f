/** What tests of families share: a call whose output can be read, and an installation of files. */
@NullMarked
package dev.slipway.core.testing;

import org.jspecify.annotations.NullMarked;
