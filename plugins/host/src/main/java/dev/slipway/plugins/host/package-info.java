/**
 * Third-party plugins: folders of executables, run unmodified. Start with {@link
 * dev.slipway.plugins.host.PluginHost}, which puts the rest together: which plugins there are,
 * their hooks in trigger chains, their commands and help, the environment all of them get, and what
 * they expect on disk. Knows processes, files and the core's ports; no SSH, no Docker. Spec: 05
 * section 1.
 */
@NullMarked
package dev.slipway.plugins.host;

import org.jspecify.annotations.NullMarked;
