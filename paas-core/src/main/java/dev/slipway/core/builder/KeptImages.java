package dev.slipway.core.builder;

import dev.slipway.core.model.AppName;
import java.util.Set;

/** The images of an app's former releases, which clearing up must leave as far as they count. */
public interface KeptImages {
  /** The ids of images that must stay. */
  Set<String> retained(AppName app);

  /** Lets go what is beyond the retention. */
  void prune(AppName app);

  /** Lets go all but what serves and what served before: the disk is nearly full. */
  void pruneHard(AppName app);
}
