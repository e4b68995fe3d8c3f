package dev.slipway.core.engine.docker;

import dev.slipway.core.engine.EngineUnavailable;

/**
 * The engine went away, or took too long, after it was told to change something: whether it did so
 * is not known, so it is not told again.
 */
final class BrokenOff extends EngineUnavailable {
  private static final long serialVersionUID = 1L;

  BrokenOff(String message, Throwable cause) {
    super(message, cause);
  }
}
