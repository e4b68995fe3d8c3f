package dev.slipway.cli.enter;

import dev.slipway.cli.catalogue.Catalogue;
import dev.slipway.cli.catalogue.Family.Layout;
import dev.slipway.cli.catalogue.Syntax;
import dev.slipway.cli.standard.Words;
import dev.slipway.core.enter.Enter;

/** The command {@code enter}. */
public final class EnterCommands {
  private final Enter enter;

  public EnterCommands(Enter enter) {
    this.enter = enter;
  }

  public void addTo(Catalogue catalogue) {
    catalogue
        .family("enter", Layout.SHELL, "Enter running app containers")
        .add(
            "enter",
            Syntax.SHELL,
            "enter <app> [<container-type> || --container-id <container-id>], Connect to a specific"
                + " app container",
            call -> new Words(words -> enter.run(call, words)))
        .attended("enter");
  }
}
