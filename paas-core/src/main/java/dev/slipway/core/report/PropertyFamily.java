package dev.slipway.core.report;

/** Which words of spec 01 section 6 a {@code :set} command uses. */
public enum PropertyFamily {
  /** {@code --global} anywhere, "property", the app checked first. */
  COMPILED,
  /** {@code --global} as first word, "key", the app checked first. */
  SHELL_APP_FIRST,
  /**
   * {@code --global} as first word, "key", the key checked first. The reference stores a
   * global-capable key for an app that does not exist; here every app has to.
   */
  SHELL_KEY_FIRST
}
