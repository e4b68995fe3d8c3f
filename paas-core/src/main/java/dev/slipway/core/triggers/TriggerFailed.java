package dev.slipway.core.triggers;

/**
 * An executable of a plugin refused. It has told the user why; the status is what it ended with.
 */
public final class TriggerFailed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;

  public TriggerFailed(Trigger trigger, String plugin, int status) {
    super("trigger " + trigger + " of plugin " + plugin + " failed with status " + status);
    this.status = status;
  }

  public int status() {
    return status;
  }
}
