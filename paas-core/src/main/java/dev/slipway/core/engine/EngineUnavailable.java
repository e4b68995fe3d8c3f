package dev.slipway.core.engine;

import dev.slipway.core.error.ToolFailure;

/**
 * The engine does not answer at all. What was running may still run; what happens meanwhile is
 * unknown.
 */
public class EngineUnavailable extends ToolFailure {
  private static final long serialVersionUID = 1L;

  public EngineUnavailable(String message, Throwable cause) {
    super(message, cause);
  }
}
