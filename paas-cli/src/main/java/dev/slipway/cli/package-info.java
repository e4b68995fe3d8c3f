/**
 * The daemon: {@link dev.slipway.cli.Main} starts it, {@link dev.slipway.cli.Installation} puts it
 * together. Beside it lie the gate, the catalogue and one package per command family.
 */
@NullMarked
package dev.slipway.cli;

import org.jspecify.annotations.NullMarked;
