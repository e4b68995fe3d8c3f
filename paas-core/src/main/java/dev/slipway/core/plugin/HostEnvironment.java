package dev.slipway.core.plugin;

import java.util.Map;

/**
 * Completes the environment of a call: the host's bash files, then every variable of spec 05
 * section 1.9.
 */
public interface HostEnvironment {
  /**
   * @param raw what the door got from the caller
   * @return the complete environment; a value that is already set wins where the spec says so
   * @throws dev.slipway.core.error.UserError if one of the files exists but cannot be read
   */
  Map<String, String> complete(Map<String, String> raw);
}
