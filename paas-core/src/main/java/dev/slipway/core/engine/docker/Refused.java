package dev.slipway.core.engine.docker;

import dev.slipway.core.error.ToolFailure;

/** The engine answered with an error status. */
final class Refused extends ToolFailure {
  private static final long serialVersionUID = 1L;
  static final int BAD_REQUEST = 400;
  static final int NOT_FOUND = 404;
  static final int CONFLICT = 409;

  private final int status;

  Refused(int status, String words) {
    super(words);
    this.status = status;
  }

  boolean isNotFound() {
    return status == NOT_FOUND;
  }

  boolean isConflict() {
    return status == CONFLICT;
  }
}
