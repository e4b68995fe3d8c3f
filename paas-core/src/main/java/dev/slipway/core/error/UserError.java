package dev.slipway.core.error;

/** placeholder. */
public final class UserError extends RuntimeException {
  public UserError(String m) {
    super(m);
  }
}
