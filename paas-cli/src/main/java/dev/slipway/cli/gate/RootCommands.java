package dev.slipway.cli.gate;

import java.util.Set;

/** The commands that only root may run. Spec: 01 section 1.6. */
final class RootCommands {
  private static final Set<String> KEYS = Set.of("ssh-keys:add", "ssh-keys:remove");
  private static final Set<String> OPEN = Set.of("plugin:help", "plugin:list");

  private RootCommands() {}

  static boolean needRoot(String word) {
    return KEYS.contains(word) || (word.startsWith("plugin:") && !OPEN.contains(word));
  }
}
