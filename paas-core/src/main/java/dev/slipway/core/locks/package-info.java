/**
 * Who may change an app now: the deploy lease, the switch lock and the invocation tree that lets
 * nested calls join the outer\n * one. The file mutex lives with the files.
 */
@NullMarked
package dev.slipway.core.locks;

import org.jspecify.annotations.NullMarked;
