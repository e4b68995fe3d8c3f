package dev.slipway.cli.door;

/** What may come from the launcher at any time; called on the thread that serves the session. */
public interface LauncherEvents {
  /**
   * The person pressed a key for it, or somebody sent it: INT (2), QUIT (3), TERM (15), HUP (1).
   */
  void signal(int number);

  /** The terminal has a new size. */
  void resize(int rows, int columns);

  /** Writing to standard output (1) or error (2) failed; what else is sent there is dropped. */
  void lost(int descriptor);

  /** The launcher has left; nothing more comes, and waiting reads and programs fail. */
  void gone();
}
