package dev.slipway.core.journal;

import dev.slipway.core.journal.Journal.Unfinished;

/**
 * A family's part in what the next start does about a deploy that was cut off. Both methods may be
 * repeated, since a start can be cut off too, and do nothing where there is nothing of theirs.
 */
public interface Recoverer {
  /** The deploy did not reach {@link Step#SWITCHING}: nothing of it is to remain. */
  void undo(Unfinished entry);

  /**
   * A later deploy took its place: nothing that is in use may change, what only this deploy needed
   * goes.
   */
  default void supersede(Unfinished entry) {}

  /** The deploy had reached {@link Step#SWITCHING}: it is to be as if it had ended well. */
  void finish(Unfinished entry);
}
