package dev.slipway.cli.dockeroptions;

import dev.slipway.cli.catalogue.Catalogue;
import dev.slipway.cli.catalogue.Family.Layout;
import dev.slipway.cli.catalogue.Syntax;
import dev.slipway.cli.standard.ReportCommand;
import dev.slipway.core.dockeroptions.DockerOptions;
import dev.slipway.core.dockeroptions.DockerOptionsFamily;
import dev.slipway.core.report.Reports;

/** The commands of {@code docker-options}. */
public final class DockerOptionsCommands {
  private final DockerOptionsFamily family;

  public DockerOptionsCommands(DockerOptionsFamily family) {
    this.family = family;
  }

  public void addTo(Catalogue catalogue, Reports reports) {
    DockerOptions options = family.options();
    catalogue
        .family("docker-options", Layout.COMPILED, "Manage docker options for an app")
        .add(
            "docker-options:add",
            Syntax.COMPILED_FLAGS_FIRST,
            "docker-options:add <app> <phase(s)> OPTION, Add Docker option to app for phase (comma"
                + " separated phase list)",
            call ->
                new OptionsChange(
                    (app, phases, processes, words) ->
                        options.add(call, app, phases, processes, words)))
        .add(
            "docker-options:clear",
            Syntax.COMPILED_FLAGS_FIRST,
            "docker-options:clear <app> [phase(s)], Clear a docker options from application with an"
                + " optional phase (comma separated phase list)",
            call ->
                new OptionsChange(
                    (app, phases, processes, words) -> options.clear(call, app, phases, processes)))
        .add(
            "docker-options:remove",
            Syntax.COMPILED_FLAGS_FIRST,
            "docker-options:remove <app> <phase(s)> OPTION, Remove Docker option from app for phase"
                + " (comma separated phase list)",
            call ->
                new OptionsChange(
                    (app, phases, processes, words) ->
                        options.remove(call, app, phases, processes, words)))
        .unlisted("docker-options:list", Syntax.COMPILED, call -> new OptionsList(options, call))
        .add(
            "docker-options:report",
            Syntax.SHELL,
            "docker-options:report [<app>] [<flag>], Displays a docker options report for one or"
                + " more apps",
            call -> new ReportCommand(reports, family.report(), call));
  }
}
