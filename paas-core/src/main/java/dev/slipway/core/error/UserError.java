package dev.slipway.core.error;

/**
 * The request cannot be met as asked. The message is for the person who typed; the exit code ends
 * the call. Spec: 01 sections 1.12 and 3.
 */
public class UserError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Exit code of an app that does not exist or may not be seen. */
  public static final int NO_SUCH_APP = 20;

  private final int exitCode;
  private final boolean prefixed;

  /** A failure with exit code 1, each line of the message shown behind {@code " ! "}. */
  public UserError(String message) {
    this(message, 1);
  }

  public UserError(String message, int exitCode) {
    this(message, exitCode, true);
  }

  private UserError(String message, int exitCode, boolean prefixed) {
    super(message);
    this.exitCode = exitCode;
    this.prefixed = prefixed;
  }

  /** Ends the call with this code; everything there was to say has been said. */
  public static UserError silent(int exitCode) {
    return new UserError("", exitCode, true);
  }

  /** As {@link #silent(int)}, because of something that the user has been told. */
  public static UserError silent(int exitCode, Throwable cause) {
    UserError error = silent(exitCode);
    error.initCause(cause);
    return error;
  }

  /** A message that is shown on standard error as it is, without the failure prefix. */
  public static UserError plain(String message, int exitCode) {
    return new UserError(message, exitCode, false);
  }

  public static UserError noSuchApp(String name) {
    return new UserError("App " + name + " does not exist", NO_SUCH_APP);
  }

  public String text() {
    return String.valueOf(getMessage());
  }

  public int exitCode() {
    return exitCode;
  }

  /** Whether each line goes behind {@code " ! "}. */
  public boolean prefixed() {
    return prefixed;
  }
}
