package dev.slipway.core.git.sources;

import dev.slipway.core.error.UserError;

/** An archive that breaks a rule. The message is for who sent it, the event for the audit line. */
public final class RejectedArchive extends UserError {
  private static final long serialVersionUID = 1L;

  private final String event;

  public RejectedArchive(String event, String message) {
    super(message);
    this.event = event;
  }

  public String event() {
    return event;
  }

  /** For an archive or what is in it. */
  public static RejectedArchive tooLarge(long limit) {
    return new RejectedArchive(
        "rejected_archive_too_large",
        "Archive exceeds maximum allowed size of " + limit + " bytes");
  }
}
