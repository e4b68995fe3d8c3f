package dev.slipway.core.checks;

import dev.slipway.core.model.AppName;
import dev.slipway.core.model.Instance;
import dev.slipway.core.model.ProcessType;
import java.util.Optional;

/**
 * The container that is checked.
 *
 * @param address where the host reaches it; empty where it does not
 * @param index absent when a running app is checked by hand
 */
record Target(
    AppName app,
    String containerId,
    ProcessType type,
    int port,
    String address,
    Optional<Integer> index) {

  /** {@code PROC.N}. */
  String label() {
    return index.map(number -> new Instance(type, number).toString()).orElse(type + ".");
  }
}
