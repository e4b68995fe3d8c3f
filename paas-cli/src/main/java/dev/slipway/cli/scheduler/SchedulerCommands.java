package dev.slipway.cli.scheduler;

import dev.slipway.cli.catalogue.Catalogue;
import dev.slipway.cli.catalogue.Family.Layout;
import dev.slipway.cli.catalogue.Syntax;
import dev.slipway.cli.standard.ReportCommand;
import dev.slipway.cli.standard.SetCommand;
import dev.slipway.cli.standard.SetWordsCommand;
import dev.slipway.core.report.PropertySetter;
import dev.slipway.core.report.Reports;
import dev.slipway.core.scheduler.Schedulers;
import dev.slipway.core.scheduler.local.LocalSettings;
import dev.slipway.core.store.PropertyStore;

/** The commands of {@code scheduler} and {@code scheduler-docker-local}. */
public final class SchedulerCommands {
  private final Schedulers schedulers;
  private final PropertyStore properties;

  public SchedulerCommands(Schedulers schedulers, PropertyStore properties) {
    this.schedulers = schedulers;
    this.properties = properties;
  }

  public void addTo(Catalogue catalogue, Reports reports, PropertySetter setter) {
    catalogue
        .family("scheduler", Layout.COMPILED, "Manage scheduler settings for an app")
        .add(
            "scheduler:report",
            Syntax.SHELL,
            "scheduler:report [<app>] [<flag>], Displays a scheduler report for one or more apps",
            call -> new ReportCommand(reports, schedulers.report(), call))
        .add(
            "scheduler:set",
            Syntax.COMPILED,
            "scheduler:set <app> <property> (<value>), Set or clear a scheduler property for an"
                + " app",
            call -> new SetCommand(setter, Schedulers.settable(), call));
    catalogue
        .family(
            "scheduler-docker-local",
            Layout.SHELL,
            "Manage the docker-local scheduler integration for an app")
        .add(
            "scheduler-docker-local:report",
            Syntax.SHELL,
            "scheduler-docker-local:report [<app>] [<flag>], Displays a scheduler-docker-local"
                + " report for one or more apps",
            call -> new ReportCommand(reports, LocalSettings.report(properties), call))
        .add(
            "scheduler-docker-local:set",
            Syntax.SHELL,
            "scheduler-docker-local:set [<app>|--global] <property> (<value>), Set or clear a"
                + " scheduler-docker-local property for an app",
            call -> new SetWordsCommand(setter, LocalSettings.settable(), call));
  }
}
