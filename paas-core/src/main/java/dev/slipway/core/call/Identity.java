package dev.slipway.core.call;

import java.util.Optional;

/**
 * Who calls, as proven by the door: the unix user of a local caller, or the key of an SSH session.
 * Bound only after the proof (peer credentials, verified signature), never from an environment
 * variable.
 *
 * @param unixUser the user that {@code SSH_USER} names; {@code dokku} over SSH
 * @param keyName the name of the key in {@code authorized_keys}; absent for local callers
 * @param fingerprint {@code SHA256:...} of that key
 * @param root whether the caller is uid 0 of the host
 */
public record Identity(
    String unixUser, Optional<String> keyName, Optional<String> fingerprint, boolean root) {

  public static Identity local(String unixUser, boolean root) {
    return new Identity(unixUser, Optional.empty(), Optional.empty(), root);
  }

  public static Identity key(String unixUser, String name, String fingerprint) {
    return new Identity(unixUser, Optional.of(name), Optional.of(fingerprint), false);
  }

  /** What {@code SSH_NAME} says: the key's name, or {@code default}. */
  public String name() {
    return keyName.orElse("default");
  }
}
