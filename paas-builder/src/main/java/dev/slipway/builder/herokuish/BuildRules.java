package dev.slipway.builder.herokuish;

import dev.slipway.builder.image.HostPlaces;
import dev.slipway.core.builder.BuildCache;
import dev.slipway.core.model.AppName;
import dev.slipway.core.store.Roots;

/** Which options a build container of an app may have, on this installation. */
record BuildRules(Roots roots) {
  ContainerRules of(AppName app) {
    return new ContainerRules(HostPlaces.of(roots), BuildCache.volume(app));
  }
}
