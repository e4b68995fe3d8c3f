package dev.slipway.cli.standard;

import dev.slipway.cli.catalogue.Catalogue;
import dev.slipway.cli.catalogue.Family.Layout;
import dev.slipway.cli.catalogue.Syntax;
import dev.slipway.core.plugin.PluginCommands;
import dev.slipway.core.store.DurableFiles;
import dev.slipway.core.store.Roots;

/** Commands that belong to no family. Spec: 01 sections 2 and 11. */
public final class StandardCommands {
  private final Roots roots;
  private final DurableFiles files;
  private final PluginCommands plugins;

  public StandardCommands(Roots roots, DurableFiles files, PluginCommands plugins) {
    this.roots = roots;
    this.files = files;
    this.plugins = plugins;
  }

  public void addTo(Catalogue catalogue) {
    catalogue
        .family("", Layout.SHELL, "")
        .add(
            "help",
            Syntax.SHELL,
            "help , Print the list of commands",
            call -> new Help(catalogue, plugins, call))
        .add(
            "version",
            Syntax.SHELL,
            "version , Print dokku's version",
            call -> new Version(roots, files, call))
        .unlisted("--version", Syntax.SHELL, call -> new Version(roots, files, call))
        .unlisted("-v", Syntax.SHELL, call -> new Version(roots, files, call));
  }
}
