package dev.slipway.builder.herokuish;

import dev.slipway.core.builder.BuildCache;
import dev.slipway.core.model.AppName;
import dev.slipway.core.store.Roots;
import java.util.List;

/** Which options a build container of an app may have, on this installation. */
record BuildRules(Roots roots) {
  ContainerRules of(AppName app) {
    return new ContainerRules(
        List.of(roots.dokkuRoot(), roots.libRoot()), roots.data("storage"), BuildCache.volume(app));
  }
}
