package dev.slipway.cli.plugin;

import dev.slipway.cli.catalogue.Catalogue;
import dev.slipway.cli.catalogue.Family.Layout;
import dev.slipway.cli.catalogue.Syntax;
import dev.slipway.plugins.host.PluginListing;

/** The commands of {@code plugin}. */
public final class PluginFamily {
  private final PluginListing listing;

  public PluginFamily(PluginListing listing) {
    this.listing = listing;
  }

  public void addTo(Catalogue catalogue) {
    catalogue
        .family("plugin", Layout.SHELL, "Manage installed plugins")
        .add(
            "plugin:list",
            Syntax.SHELL,
            "plugin:list [--format stdout|json], Print active plugins",
            call -> new PluginList(listing, call));
  }
}
