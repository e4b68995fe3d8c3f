package dev.slipway.cli;

import dev.slipway.cli.apps.AppsCommands;
import dev.slipway.cli.config.ConfigCommands;
import dev.slipway.core.apps.Apps;
import dev.slipway.core.apps.AppsFamily;
import dev.slipway.core.apps.DeployLockFile;
import dev.slipway.core.config.ConfigFamily;

/** Apps and their configuration. */
final class AppsPart {
  AppsPart(Base base) {
    apps(base);
    config(base);
  }

  private static void apps(Base base) {
    Apps apps =
        new Apps(base.roots, base.files, base.properties, base.triggers, base.apps, base.clock);
    DeployLockFile lock = new DeployLockFile(base.roots, base.files);
    AppsFamily family =
        new AppsFamily(base.roots, base.files, base.properties, apps, base.apps, lock);
    family.register(base.handlers, base.reports, base.programs);
    new AppsCommands(apps, base.apps, lock, family)
        .addTo(base.catalogue, base.reports, base.setter);
  }

  private static void config(Base base) {
    ConfigFamily config = new ConfigFamily(base.roots, base.files, base.properties, base.triggers);
    config.register(base.handlers);
    new ConfigCommands(config.config(), base.apps).addTo(base.catalogue);
  }
}
