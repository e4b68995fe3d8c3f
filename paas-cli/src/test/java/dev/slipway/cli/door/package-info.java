/** Tests of the local door; the launcher itself runs here in its sanitized build. */
@NullMarked
package dev.slipway.cli.door;

import org.jspecify.annotations.NullMarked;
