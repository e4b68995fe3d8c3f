package dev.slipway.cli.catalogue;

/** How the words behind a command are parsed. Spec: 01 section 1.13. */
public enum Syntax {
  /**
   * Family A: flags anywhere, {@code --} ends them, unknown ones are refused with exit code 2,
   * further words are ignored.
   */
  COMPILED,
  /** As {@link #COMPILED}, but flags only before the first other word. */
  COMPILED_FLAGS_FIRST,
  /**
   * Family B: words are taken by position, those that start with a dash too unless the command
   * declares them.
   */
  SHELL,
  /** As {@link #SHELL}, but declared flags only before the first other word. */
  SHELL_FLAGS_FIRST;

  public boolean isCompiled() {
    return this == COMPILED || this == COMPILED_FLAGS_FIRST;
  }

  public boolean stopsAtPositional() {
    return this == COMPILED_FLAGS_FIRST || this == SHELL_FLAGS_FIRST;
  }
}
