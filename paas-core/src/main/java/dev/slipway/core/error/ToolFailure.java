package dev.slipway.core.error;

/**
 * An engine or a program of the host failed. The message says what was tried and gives the tool's
 * own words.
 */
public class ToolFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ToolFailure(String message) {
    super(message);
  }

  public ToolFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
