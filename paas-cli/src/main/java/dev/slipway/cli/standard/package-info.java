/**
 * Commands that belong to no family ({@code help}, {@code version}) and command classes that every
 * family shares ({@code :report},\n * {@code :set}).
 */
@NullMarked
package dev.slipway.cli.standard;

import org.jspecify.annotations.NullMarked;
