package dev.slipway.cli.builder;

import dev.slipway.cli.catalogue.Catalogue;
import dev.slipway.cli.catalogue.Family.Layout;
import dev.slipway.cli.catalogue.Syntax;
import dev.slipway.cli.standard.ReportCommand;
import dev.slipway.cli.standard.SetCommand;
import dev.slipway.cli.standard.SetWordsCommand;
import dev.slipway.core.builder.BuilderKey;
import dev.slipway.core.builder.BuilderReports;
import dev.slipway.core.builder.Cleanup;
import dev.slipway.core.report.PropertySetter;
import dev.slipway.core.report.Reports;

/** The commands of {@code builder} and of the builders' own plugins, and {@code cleanup}. */
public final class BuilderCommands {
  private final BuilderReports builders;
  private final Cleanup cleanup;

  public BuilderCommands(BuilderReports builders, Cleanup cleanup) {
    this.builders = builders;
    this.cleanup = cleanup;
  }

  public void addTo(Catalogue catalogue, Reports reports, PropertySetter setter) {
    catalogue
        .family("", Layout.SHELL, "")
        .add(
            "cleanup",
            Syntax.SHELL,
            "cleanup [<app>], Cleans up exited/dead Docker containers and removes dangling images",
            call -> new CleanUp(cleanup, call));
    catalogue
        .family("builder", Layout.COMPILED, "Manage builder settings for an app")
        .add(
            "builder:report",
            Syntax.SHELL,
            "builder:report [<app>] [<flag>], Displays a builder report for one or more apps",
            call -> new ReportCommand(reports, builders.builder(), call))
        .add(
            "builder:set",
            Syntax.COMPILED,
            "builder:set <app> <property> (<value>), Set or clear a builder property for an app",
            call -> new SetCommand(words -> builders.set(call, setter, words)));
    ofOneBuilder(catalogue, BuilderKey.DOCKERFILE, reports, setter);
    ofOneBuilder(catalogue, BuilderKey.HEROKUISH, reports, setter);
    catalogue.family("builder-null", Layout.SHELL, "No-op builder plugin");
  }

  private void ofOneBuilder(
      Catalogue catalogue, BuilderKey key, Reports reports, PropertySetter setter) {
    String plugin = key.plugin();
    catalogue
        .family(
            plugin, Layout.SHELL, "Manage the " + key.builder() + " builder integration for an app")
        .add(
            plugin + ":report",
            Syntax.SHELL,
            plugin
                + ":report [<app>] [<flag>], Displays a "
                + plugin
                + " report for one or more apps",
            call -> new ReportCommand(reports, builders.of(key), call))
        .add(
            plugin + ":set",
            Syntax.SHELL,
            plugin
                + ":set <app> <property> (<value>), Set or clear a "
                + plugin
                + " property for an app",
            call -> new SetWordsCommand(setter, key.set(), call));
  }
}
