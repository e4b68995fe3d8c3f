package dev.slipway.cli.buildpacks;

import dev.slipway.cli.catalogue.Catalogue;
import dev.slipway.cli.catalogue.Family;
import dev.slipway.cli.catalogue.Family.Layout;
import dev.slipway.cli.catalogue.Syntax;
import dev.slipway.cli.standard.ReportCommand;
import dev.slipway.cli.standard.SetCommand;
import dev.slipway.core.buildpacks.Buildpacks;
import dev.slipway.core.buildpacks.BuildpacksFamily;
import dev.slipway.core.report.PropertySetter;
import dev.slipway.core.report.Reports;

/** The commands of {@code buildpacks}. */
public final class BuildpacksCommands {
  private static final String SET_SYNOPSIS = "buildpacks:set [--index 1] <app> <buildpack>, ";

  private final BuildpacksFamily family;
  private final BuildpacksDetect.Detection detection;

  public BuildpacksCommands(BuildpacksFamily family, BuildpacksDetect.Detection detection) {
    this.family = family;
    this.detection = detection;
  }

  public void addTo(Catalogue catalogue, Reports reports, PropertySetter setter) {
    Family commands =
        catalogue
            .family("buildpacks", Layout.COMPILED, "Manage buildpacks settings for an app")
            .summary("Manage buildpack settings for an app");
    list(commands, family.buildpacks());
    commands
        .add(
            "buildpacks:report",
            Syntax.SHELL,
            "buildpacks:report [<app>] [<flag>], Displays a buildpack report for one or more apps",
            call -> new ReportCommand(reports, family.report(), call))
        .add(
            "buildpacks:set-property",
            Syntax.COMPILED,
            "buildpacks:set-property [--global|<app>] <key> <value>,"
                + " Set or clear a buildpacks property for an app",
            call -> new SetCommand(words -> family.set(call, setter, words)));
  }

  private void list(Family commands, Buildpacks buildpacks) {
    commands
        .add(
            "buildpacks:add",
            Syntax.COMPILED,
            "buildpacks:add [--index 1] <app> <buildpack>,"
                + " Add new app buildpack while inserting into list of buildpacks if necessary",
            call -> new BuildpacksChange((app, at, all, words) -> buildpacks.add(app, at, words)))
        .add(
            "buildpacks:clear",
            Syntax.COMPILED,
            "buildpacks:clear <app>, Clear all buildpacks set on the app",
            call -> new BuildpacksChange((app, at, all, words) -> buildpacks.clear(app)))
        .add(
            "buildpacks:detect",
            Syntax.COMPILED,
            "buildpacks:detect <app> [--branch <branch-name>], Detect the buildpack for an app (if"
                + " not specified, the branch flag defaults to the deploy branch)",
            call -> new BuildpacksDetect(detection, call))
        .add(
            "buildpacks:list",
            Syntax.COMPILED,
            "buildpacks:list <app>, List all buildpacks for an app",
            call -> new BuildpacksChange((app, at, all, words) -> buildpacks.show(call, app)))
        .add(
            "buildpacks:remove",
            Syntax.COMPILED,
            "buildpacks:remove <app> <buildpack>, Remove a buildpack set on the app",
            call ->
                new BuildpacksChange(
                    (app, at, all, words) ->
                        buildpacks.remove(call, app, at, words.stream().findFirst())))
        .add(
            "buildpacks:set",
            Syntax.COMPILED,
            SET_SYNOPSIS
                + "Set new app buildpack at a given position defaulting to the first buildpack if"
                + " no index is specified",
            call ->
                new BuildpacksChange(
                    (app, at, all, words) -> {
                      if (all) {
                        buildpacks.replace(app, at != 0, words);
                      } else {
                        buildpacks.set(app, at, words);
                      }
                    }));
  }
}
