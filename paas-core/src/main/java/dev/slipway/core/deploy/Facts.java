package dev.slipway.core.deploy;

import dev.slipway.core.journal.Journal;
import dev.slipway.core.release.ReleaseAndDeploy;

/** The keys under which a deploy's journal entry holds what recovery needs. */
public final class Facts {
  /** The id of the build. */
  public static final String BUILD = Journal.BUILD;

  /** The {@code DOKKU_PID} of the deploy, which names what it staged. */
  public static final String PID = "pid";

  /** The ref that moves to what is deployed; absent for rebuilds. */
  public static final String REF = "ref";

  /** The commit that the ref named before; empty if there was no such ref. */
  public static final String FORMER_COMMIT = "former-commit";

  /** The commit that is built. */
  public static final String COMMIT = "commit";

  /** Where the source is unpacked. */
  public static final String DIRECTORY = "directory";

  /** Git's quarantine of the push. */
  public static final String QUARANTINE = "quarantine";

  /** The id of the image that the app's name had before; empty if it had none. */
  public static final String FORMER_IMAGE = ReleaseAndDeploy.FORMER_IMAGE;

  /** The id of the image that was built. */
  public static final String IMAGE = ReleaseAndDeploy.IMAGE;

  /** The image that is deployed; empty for source code, absent for rebuilds. */
  public static final String SOURCE_IMAGE = "source-image";

  private Facts() {}
}
