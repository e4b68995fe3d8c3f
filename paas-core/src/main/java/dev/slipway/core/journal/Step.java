package dev.slipway.core.journal;

/**
 * The steps of a deploy, in order. Before {@link #SWITCHING} a crash is undone, from it on it is
 * finished.
 */
public enum Step {
  /** The lease is held and the build is on record. */
  OPENED,
  /** The objects of the pushed commit are kept aside, for a push that dies. */
  PINNED,
  /** The source stands in a directory of its own. */
  EXTRACTED,
  /** The image is built. */
  BUILT,
  /** The release tasks ran, the release is on record. */
  RELEASED,
  /** New containers are about to be made; facts name them. */
  CREATING,
  /** All new containers run and passed their checks. */
  CHECKED,
  /** The point of no return: state files are about to name the new containers. */
  SWITCHING,
  /** The state files name the new containers. */
  SWITCHED,
  /** The proxy provably serves the new containers. */
  ROUTED,
  /** Containers carry their final names, Procfile and app.json are promoted. */
  RENAMED,
  /** Old containers are queued for retirement. */
  COMMITTED
}
