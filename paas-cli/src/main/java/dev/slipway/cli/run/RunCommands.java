package dev.slipway.cli.run;

import dev.slipway.cli.catalogue.Catalogue;
import dev.slipway.cli.catalogue.Family.Layout;
import dev.slipway.cli.catalogue.Syntax;
import dev.slipway.cli.standard.Words;
import dev.slipway.core.run.Runs;

/** The commands of {@code run}. The words are sorted by the service, which knows their flags. */
public final class RunCommands {
  private final Runs runs;

  public RunCommands(Runs runs) {
    this.runs = runs;
  }

  public void addTo(Catalogue catalogue) {
    catalogue
        .family("run", Layout.SHELL, "Run a one-off process inside a container")
        .add(
            "run",
            Syntax.SHELL,
            "run [-e|--env KEY=VALUE] [--no-tty] [--ttl-seconds SECONDS] <app> <cmd>, Run a command"
                + " in a new container using the current app image",
            call -> new Words(words -> runs.attached(call, words)))
        .add(
            "run:detached",
            Syntax.SHELL,
            "run:detached [-e|-env KEY=VALUE] [--force-tty] [--ttl-seconds SECONDS] <app> <cmd>, Run"
                + " a command in a new detached container using the current app image",
            call -> new Words(words -> runs.detached(call, words)))
        .add(
            "run:retire",
            Syntax.SHELL,
            "run:retire [<app>], Stop all run containers for an app that have exceeded their active"
                + " deadline",
            call -> new Words(words -> runs.retire(call, words.isEmpty() ? "" : words.getFirst())))
        .attended("run");
  }
}
