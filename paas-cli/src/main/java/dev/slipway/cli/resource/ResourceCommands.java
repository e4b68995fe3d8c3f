package dev.slipway.cli.resource;

import dev.slipway.cli.catalogue.Catalogue;
import dev.slipway.cli.catalogue.Family;
import dev.slipway.cli.catalogue.Family.Layout;
import dev.slipway.cli.catalogue.Syntax;
import dev.slipway.cli.standard.ReportCommand;
import dev.slipway.core.report.Reports;
import dev.slipway.core.report.Reports.VisibleApps;
import dev.slipway.core.resource.Kind;
import dev.slipway.core.resource.ResourceFamily;

/** The commands of {@code resource}. */
public final class ResourceCommands {
  private final ResourceFamily family;
  private final VisibleApps apps;

  public ResourceCommands(ResourceFamily family, VisibleApps apps) {
    this.family = family;
    this.apps = apps;
  }

  public void addTo(Catalogue catalogue, Reports reports) {
    Family commands =
        catalogue.family("resource", Layout.COMPILED, "Manage resource settings for an app");
    change(commands, "resource:limit", Kind.LIMIT, "Limit");
    clear(commands, "resource:limit-clear", Kind.LIMIT, "Limit");
    commands.add(
        "resource:report",
        Syntax.SHELL,
        "resource:report [<app>] [<flag>], Displays a resource report for one or more apps",
        call -> new ReportCommand(reports, family.report(), call));
    change(commands, "resource:reserve", Kind.RESERVE, "Reserve");
    clear(commands, "resource:reserve-clear", Kind.RESERVE, "Reserve");
  }

  private void change(Family commands, String word, Kind kind, String verb) {
    commands.add(
        word,
        Syntax.COMPILED,
        word + " [--process-type <process-type>] [RESOURCE_OPTS...] <app>, " + does(verb),
        call -> new ResourceChange(family.resources(), apps, kind, call));
  }

  private void clear(Family commands, String word, Kind kind, String verb) {
    commands.add(
        word,
        Syntax.COMPILED,
        word + " [--process-type <process-type>] <app>, " + does(verb),
        call -> new ResourceClear(family.resources(), apps, kind, call));
  }

  private static String does(String verb) {
    return verb + " resources for a given app/process-type combination";
  }
}
