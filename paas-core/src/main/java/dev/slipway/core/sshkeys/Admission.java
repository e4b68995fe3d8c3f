package dev.slipway.core.sshkeys;

/** What the keys file says about a key. */
public sealed interface Admission {
  /** The key is not in the file. */
  record Unknown() implements Admission {}

  /** It is, but must not be used now; the reason is for the log. */
  record Refused(String reason) implements Admission {}

  /**
   * It may log in.
   *
   * @param terminal whether the line lets it have one
   */
  record Admitted(String name, String fingerprint, boolean terminal) implements Admission {}
}
